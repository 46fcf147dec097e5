using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MimeKit;

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
        public bool IsUsable => true;

        public async Task<MailAnswer> SendAsync(MimeMessage message, MailEnvelope envelope, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var unfinished = Path.Combine(folder, $".{Guid.NewGuid():N}.tmp");
            try
            {
                await using (var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None))
                    await message.WriteToAsync(MailFormat.For(message), file, CancellationToken.None);
                return new MailAnswer.Accepted(250, $"Written as {MoveIntoPlace(unfinished, message)}");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                DeleteIfThere(unfinished);
                return new MailAnswer.RefusedForNow(452, "The pickup folder can't be written to.", RefusalScope.Server);
            }
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private string MoveIntoPlace(string unfinished, MimeMessage message)
        {
            var stamp = time.GetUtcNow().ToString("yyyyMMdd'T'HHmmssfff", CultureInfo.InvariantCulture);
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(message.MessageId ?? "")).AsSpan(0, 5));
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
