using CordisPulse.Core.Mail;

namespace CordisPulse.Web.Areas.Editor.Outbox;

/// <param name="Destination">Where mail goes.</param>
/// <param name="Folder">Null when mail really goes out.</param>
public sealed record OutboxPage(string Destination, PickupPage? Folder);

/// <param name="Address">The message's own address on this site.</param>
public sealed record OutboxMessagePage(string Address, PickupMessage Message);
