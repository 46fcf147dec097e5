using CordisPulse.Core.Subscriptions;
using Microsoft.Extensions.Options;

namespace CordisPulse.Web.Hosting;

/// <summary>Requests to join that lead to a mail, and not a step before the form or a slip in it.</summary>
public sealed class SubscribeLimit(IOptions<JoiningOptions> options) : ClientLimit(() => options.Value.RequestsPerNetworkPerMinute);
