using System.Text;
using CordisPulse.Core.Mail;
using MimeKit;

namespace CordisPulse.Tests.Mail;

public sealed class PickupTransportTests : IDisposable
{
    private readonly string _folder = Path.Combine(Directory.CreateTempSubdirectory("pulse-pickup-").FullName, "outbox");
    private readonly SetClock _clock = new();

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_folder)!, recursive: true);

    [Fact]
    public async Task A_message_becomes_one_whole_file_named_by_time_and_message_id()
    {
        await using var connection = await Transport().ConnectAsync(CancellationToken.None);

        var answer = Assert.IsType<MailAnswer.Accepted>(await connection.SendAsync(MailSamples.Message("Grüße\n")));

        var file = Assert.Single(Directory.GetFiles(_folder));
        Assert.Matches("^20220307T090000123-[0-9a-f]{10}\\.eml$", Path.GetFileName(file));
        Assert.Equal((250, $"Written as {Path.GetFileName(file)}"), (answer.Code, answer.Text));
        var text = Encoding.UTF8.GetString(await File.ReadAllBytesAsync(file));
        Assert.DoesNotContain("\n", text.Replace("\r\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.StartsWith("Grüße", (await MimeMessage.LoadAsync(file)).TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_written_twice_is_seen_twice_and_overwrites_nothing()
    {
        await using var connection = await Transport().ConnectAsync(CancellationToken.None);
        await connection.SendAsync(MailSamples.Message("first\n"));
        await connection.SendAsync(MailSamples.Message("second\n"));
        _clock.Now += TimeSpan.FromSeconds(1);
        await connection.SendAsync(MailSamples.Message("third\n"));
        await connection.SendAsync(MailSamples.Message("another\n", messageId: "other@sender.example"));

        var files = Directory.GetFiles(_folder).Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(4, files.Count);
        Assert.Equal(2, files.Select(file => file.Split('-')[1]).Distinct().Count());
        Assert.Equal(3, files.GroupBy(file => file.Split('-')[1]).Max(same => same.Count()));
        var texts = Directory.GetFiles(_folder).Select(file => MimeMessage.Load(file).TextBody!.Trim()).Order();
        Assert.Equal(["another", "first", "second", "third"], texts);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_an_unavailable_server()
    {
        await File.WriteAllTextAsync(_folder, "in the way");
        var e = await Assert.ThrowsAsync<MailServerUnavailableException>(() => Transport().ConnectAsync(CancellationToken.None));
        Assert.Equal($"The pickup folder {_folder} can't be made; see Mail:PickupDirectory.", e.Message);
    }

    [Fact]
    public async Task A_folder_that_has_gone_refuses_for_now()
    {
        await using var connection = await Transport().ConnectAsync(CancellationToken.None);
        Directory.Delete(_folder);
        Assert.Equal(
            new MailAnswer.RefusedForNow(452, "The pickup folder can't be written to.", RefusalScope.Server),
            await connection.SendAsync());
    }

    private PickupTransport Transport() => new(new MailOptions { PickupDirectory = _folder }, _clock);
}
