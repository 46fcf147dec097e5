using CordisPulse.Core.Mailings;
using CordisPulse.Core.Subscriptions;

namespace CordisPulse.Web.Areas.Editor.Certificate;

/// <param name="SectorNames">For the sectors that the mails held.</param>
public sealed record CertificatePage(CertifiedMailing Certified, SectorNames SectorNames);
