using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CordisPulse.Core.Mail;

/// <summary>
/// Writes messages as <c>.eml</c> files instead of sending them. A name is the time in UTC and a short hash of the Message-ID:
/// the folder lists in order, and a message that was written twice is seen by its ending. No file is ever overwritten.
/// </summary>
public sealed class PickupTransport(MailOptions options, TimeProvider time) : IMailTransport
{
    public Task<IMailConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var folder = options.PickupDirectory!;
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MailServerUnavailableException($"The pickup folder {folder} can't be made; see Mail:PickupDirectory.");
        }

        return Task.FromResult<IMailConnection>(new Connection(folder, time));
    }

    private sealed class Connection(string folder, TimeProvider time) : IMailConnection
    {
        private OutgoingMail? _offered;

        public bool IsUsable => true;

        public Task<MailAnswer?> OfferAsync(OutgoingMail mail, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _offered = mail;
            return Task.FromResult<MailAnswer?>(null);
        }

        public async Task<MailAnswer> EndAsync(OutgoingMail? following = null)
        {
            var mail = _offered ?? throw new InvalidOperationException("No message has been offered.");
            _offered = null;
            var unfinished = Path.Combine(folder, $".{Guid.NewGuid():N}.tmp");
            try
            {
                await using (var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None))
                    await mail.WriteToAsync(file);
                return new MailAnswer.Accepted(250, $"Written as {MoveIntoPlace(unfinished, mail.MessageId)}");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                DeleteIfThere(unfinished);
                return new MailAnswer.RefusedForNow(452, "The pickup folder can't be written to.", RefusalScope.Server);
            }
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private string MoveIntoPlace(string unfinished, string messageId)
        {
            var stamp = time.GetUtcNow().ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture);
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(messageId)).AsSpan(0, 5));
            for (var n = 1; ; n++)
            {
                var name = n == 1 ? $"{stamp}-{hash}.eml" : string.Create(CultureInfo.InvariantCulture, $"{stamp}.{n}-{hash}.eml");
                try
                {
                    File.Move(unfinished, Path.Combine(folder, name), overwrite: false);
                    return name;
                }
                catch (IOException) when (File.Exists(Path.Combine(folder, name)))
                {
                    // Taken within the same millisecond; the ending stays, the number goes before it.
                }
            }
        }

        private static void DeleteIfThere(string file)
        {
            try
            {
                File.Delete(file);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // A folder that can't be written to may not let go either; no reader takes a .tmp for a message.
            }
        }
    }
}
