using CordisPulse.Core.Mail;

namespace CordisPulse.Benchmarks;

/// <summary>A mail server that takes every message at once and keeps none.</summary>
internal sealed class EverTakingTransport : IMailTransport
{
    public Task<IMailConnection> ConnectAsync(CancellationToken cancellationToken) => Task.FromResult<IMailConnection>(new Connection());

    private sealed class Connection : IMailConnection
    {
        public bool IsUsable => true;

        public async Task<MailAnswer?> OfferAsync(OutgoingMail mail, CancellationToken cancellationToken)
        {
            await mail.WriteToAsync(Stream.Null);
            return null;
        }

        public Task<MailAnswer> EndAsync(OutgoingMail? following = null) => Task.FromResult<MailAnswer>(new MailAnswer.Accepted(250, "2.0.0 taken"));

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
