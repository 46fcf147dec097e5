using System.Net.Security;
using System.Text;

namespace CordisPulse.Tests.Mail;

/// <summary>One connection of <see cref="LoopbackSmtpServer"/>. Answers are held back while more commands are already here (RFC 2920).</summary>
internal sealed class SmtpSession(LoopbackSmtpServer server, int number, Stream network)
{
    private readonly LoopbackSmtpSettings _settings = server.Settings;
    private readonly SmtpLines _lines = new(network);
    private readonly List<string> _recipients = [];
    private bool _isSecure;
    private bool _isSignedIn;
    private bool _isOpen = true;
    private string? _sender;
    private string _mailParameters = "";
    private int _messagesHere;
    private int _message;

    public async Task RunAsync(CancellationToken stop)
    {
        if (_settings.IsTlsFromTheStart)
            await SecureAsync(stop);
        await ReplyAsync(SmtpStage.Greeting, "220 loopback ESMTP", stop);
        while (_isOpen && await _lines.ReadLineAsync(stop) is { } line)
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            var verb = (space < 0 ? line : line[..space]).ToUpperInvariant();
            var rest = space < 0 ? "" : line[(space + 1)..];
            server.Note(verb);
            Task answer = verb switch
            {
                "EHLO" => ReplyAsync(SmtpStage.Hello, Offers(), stop),
                "HELO" => ReplyAsync(SmtpStage.Hello, "250 loopback", stop),
                "STARTTLS" => StartTlsAsync(stop),
                "AUTH" => AuthAsync(rest, stop),
                "MAIL" => MailAsync(rest, stop),
                "RCPT" => RcptAsync(rest, stop),
                "DATA" => DataAsync(stop),
                "RSET" => ResetAsync(stop),
                "NOOP" => WriteAsync("250 ok", stop),
                "QUIT" => QuitAsync(stop),
                _ => WriteAsync("500 unknown command", stop),
            };
            await answer;
            if (!_lines.HasMore)
                await _lines.FlushAsync(stop);
        }

        await _lines.FlushAsync(stop);
    }

    private string Offers()
    {
        var offers = new List<string> { "loopback", $"SIZE {_settings.MaxSize}" };
        if (_settings.OffersPipelining)
            offers.Add("PIPELINING");
        if (_settings.OffersEightBitMime)
            offers.Add("8BITMIME");
        if (_settings.OffersSmtpUtf8)
            offers.Add("SMTPUTF8");
        if (_settings.OffersChunking)
            offers.AddRange(["CHUNKING", "BINARYMIME"]);
        if (_settings.Certificate is not null && !_isSecure)
            offers.Add("STARTTLS");
        if (_settings.UserName is not null)
            offers.Add("AUTH PLAIN LOGIN");
        if (_settings.AcceptsToken is not null)
            offers.Add("AUTH XOAUTH2");
        return string.Join("\r\n", offers.Select((offer, i) => $"250{(i == offers.Count - 1 ? ' ' : '-')}{offer}"));
    }

    private async Task StartTlsAsync(CancellationToken stop)
    {
        if (_settings.Certificate is null || _isSecure)
            await WriteAsync("502 not offered", stop);
        else if (await ReplyAsync(SmtpStage.StartTls, "220 go ahead", stop))
            await SecureAsync(stop);
    }

    private async Task SecureAsync(CancellationToken stop)
    {
        await _lines.FlushAsync(stop);
        var tls = new SslStream(network);
        await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _settings.Certificate }, stop);
        _lines.Replace(tls);
        _isSecure = true;
    }

    private async Task AuthAsync(string argument, CancellationToken stop)
    {
        var parts = argument.Split(' ', 2);
        if (parts[0].Equals("XOAUTH2", StringComparison.OrdinalIgnoreCase))
        {
            await TokenAsync(Decode(parts.Length > 1 ? parts[1] : await AskAsync("", stop)), stop);
            return;
        }

        string user, password;
        if (parts[0].Equals("PLAIN", StringComparison.OrdinalIgnoreCase))
        {
            var fields = Decode(parts.Length > 1 ? parts[1] : await AskAsync("", stop)).Split('\0');
            (user, password) = fields.Length == 3 ? (fields[1], fields[2]) : ("", "");
        }
        else
        {
            user = Decode(parts.Length > 1 ? parts[1] : await AskAsync("VXNlcm5hbWU6", stop));
            password = Decode(await AskAsync("UGFzc3dvcmQ6", stop));
        }

        var isRight = _settings.UserName is not null && user == _settings.UserName && password == _settings.Password;
        if (await ReplyAsync(SmtpStage.Auth, isRight ? "235 welcome" : "535 5.7.8 sign-in refused", stop))
            _isSignedIn = isRight;
    }

    /// <summary>A refusal is told as a challenge, which the client answers with an empty line before it hears the code.</summary>
    private async Task TokenAsync(string said, CancellationToken stop)
    {
        var token = said.Split('\u0001').FirstOrDefault(field => field.StartsWith("auth=Bearer ", StringComparison.Ordinal))?["auth=Bearer ".Length..];
        var isRight = token is not null && _settings.AcceptsToken?.Invoke(token) == true;
        if (!isRight)
            await AskAsync(Convert.ToBase64String("""{"status":"401","schemes":"bearer"}"""u8), stop);
        if (await ReplyAsync(SmtpStage.Auth, isRight ? "235 2.7.0 welcome" : "535 5.7.3 Authentication unsuccessful", stop))
            _isSignedIn = isRight;
    }

    private async Task<string> AskAsync(string question, CancellationToken stop)
    {
        await WriteAsync($"334 {question}", stop);
        await _lines.FlushAsync(stop);
        return await _lines.ReadLineAsync(stop) ?? "";
    }

    private static string Decode(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var count) ? Encoding.UTF8.GetString(bytes, 0, count) : "";
    }

    private async Task MailAsync(string argument, CancellationToken stop)
    {
        if ((_settings.UserName is not null || _settings.AcceptsToken is not null) && !_isSignedIn)
        {
            await WriteAsync("530 5.7.0 sign in first", stop);
            return;
        }

        if (_sender is not null)
        {
            await WriteAsync("503 one at a time", stop);
            return;
        }

        if (_messagesHere >= _settings.MaxMessagesOnConnection)
        {
            await WriteAsync("421 4.7.0 that was enough for one connection", stop);
            _isOpen = false;
            return;
        }

        _messagesHere++;
        _message = server.NextMessage();
        var (address, parameters) = Path(argument);
        (_sender, _mailParameters) = (address, parameters);
        if (!await ReplyAsync(SmtpStage.Mail, "250 2.1.0 ok", stop))
            _sender = null;
    }

    private async Task RcptAsync(string argument, CancellationToken stop)
    {
        if (_sender is null)
        {
            await WriteAsync("503 MAIL first", stop);
            return;
        }

        _recipients.Add(Path(argument).Address);
        if (!await ReplyAsync(SmtpStage.Rcpt, "250 2.1.5 ok", stop))
            _recipients.RemoveAt(_recipients.Count - 1);
    }

    private async Task DataAsync(CancellationToken stop)
    {
        if (_recipients.Count == 0 && !_settings.TakesContentForNobody)
        {
            await WriteAsync("503 RCPT first", stop);
            return;
        }

        if (!await ReplyAsync(SmtpStage.Data, "354 end with a dot", stop))
            return;
        await _lines.FlushAsync(stop);
        var raw = await _lines.ReadContentAsync(OnFirstLineAsync, stop);
        if (raw is null)
        {
            _isOpen = false;
            return;
        }

        var received = new ReceivedMessage(number, _sender!, _mailParameters, [.. _recipients], raw);
        await ReplyAsync(SmtpStage.EndOfData, "250 2.0.0 taken", stop, received);
        Forget();

        // False when a rule cuts here; an answer in mid-content is not part of the protocol, so none is given but for a rule.
        async Task<bool> OnFirstLineAsync()
        {
            var reaction = server.ReactionTo(Moment(SmtpStage.Content));
            await PauseAsync(reaction, stop);
            if (reaction?.Line is { } early)
                await WriteAsync(early, stop);
            return reaction?.IsCut != true;
        }
    }

    private async Task ResetAsync(CancellationToken stop)
    {
        Forget();
        await ReplyAsync(SmtpStage.Rset, "250 2.0.0 ok", stop);
    }

    private async Task QuitAsync(CancellationToken stop)
    {
        await ReplyAsync(SmtpStage.Quit, "221 2.0.0 bye", stop);
        _isOpen = false;
    }

    private void Forget()
    {
        _sender = null;
        _recipients.Clear();
    }

    private SmtpMoment Moment(SmtpStage stage) =>
        new(stage, number, _messagesHere, _message, _sender ?? "", _recipients.Count == 0 ? "" : _recipients[^1]);

    /// <summary>Gives the ordinary answer or what a rule puts in its place; true when the answer was a yes.</summary>
    private async Task<bool> ReplyAsync(SmtpStage stage, string ordinary, CancellationToken stop, ReceivedMessage? received = null)
    {
        var reaction = server.ReactionTo(Moment(stage));
        await PauseAsync(reaction, stop);
        var line = reaction?.Line ?? (reaction?.IsCut == true || reaction?.Raw is not null ? null : ordinary);
        var isYes = (line?[0] ?? (char?)reaction?.Raw?[0]) is '2' or '3';
        // Stored before it is said: who has read the answer finds the message.
        if (received is not null && (reaction?.Stores ?? isYes))
            server.Store(received);
        if (line is not null)
            await WriteAsync(line, stop);
        _lines.Write(reaction?.Raw);
        if (stage == SmtpStage.Greeting || reaction?.IsCut == true)
            await _lines.FlushAsync(stop);
        _isOpen &= reaction?.IsCut != true;
        return isYes && _isOpen;
    }

    private async Task PauseAsync(SmtpReaction? reaction, CancellationToken stop)
    {
        if (reaction is null)
            return;
        await _lines.FlushAsync(stop);
        if (reaction.Delay > TimeSpan.Zero)
            await Task.Delay(reaction.Delay, stop);
        if (reaction.Gate is { } gate)
            await gate.WaitAsync(stop);
    }

    private Task WriteAsync(string line, CancellationToken stop) => _lines.WriteLineAsync(line, stop).AsTask();

    private static (string Address, string Parameters) Path(string argument)
    {
        var start = argument.IndexOf('<', StringComparison.Ordinal);
        var end = argument.LastIndexOf('>');
        return start < 0 || end < start ? (argument, "") : (argument[(start + 1)..end], argument[(end + 1)..].Trim());
    }
}
