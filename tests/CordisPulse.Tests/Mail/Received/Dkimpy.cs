using System.Diagnostics;
using System.Text.Json;
using CordisPulse.Core.Mail;

namespace CordisPulse.Tests.Mail.Received;

/// <summary>What was found of one signature.</summary>
internal sealed record DkimVerdict(string Algorithm, bool Holds);

/// <summary>A test that needs Debian's <c>python3-dkim</c> and <c>python3-nacl</c>: OpenDKIM 2.11 knows no Ed25519.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DkimpyFactAttribute : FactAttribute
{
    public DkimpyFactAttribute() => Skip = Dkimpy.WhyNot;
}

/// <inheritdoc cref="DkimpyFactAttribute"/>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DkimpyTheoryAttribute : TheoryAttribute
{
    public DkimpyTheoryAttribute() => Skip = Dkimpy.WhyNot;
}

/// <summary>Verifies with dkimpy, one process for all messages, with keys that are given and not looked up.</summary>
internal static class Dkimpy
{
    private const string Python = "/usr/bin/python3";
    private const string Packages = "/usr/lib/python3/dist-packages";

    private const string Script = """
        import base64, dkim, json, sys
        asked = json.load(sys.stdin)
        def look_up(name, timeout=5):
            name = name.decode() if isinstance(name, bytes) else name
            return asked["keys"].get(name.rstrip("."), "").encode() or None
        answers = []
        for text in asked["messages"]:
            message = base64.b64decode(text)
            count = sum(1 for name, _ in dkim.DKIM(message).headers if name.lower() == b"dkim-signature")
            answer = []
            for i in range(count):
                one = dkim.DKIM(message)
                try:
                    holds = one.verify(idx=i, dnsfunc=look_up)
                except Exception:  # Of its own, and for Ed25519 those of the library below it.
                    holds = False
                answer.append({"algorithm": one.signature_fields[b"a"].decode(), "holds": holds})
            answers.append(answer)
        json.dump(answers, sys.stdout)
        """;

    public static string? WhyNot { get; } = OperatingSystem.IsLinux() && File.Exists(Python) && Directory.Exists($"{Packages}/dkim") && Directory.Exists($"{Packages}/nacl")
        ? null
        : "python3-dkim and python3-nacl are not installed.";

    /// <returns>For each message what was found of each of its signatures.</returns>
    public static async Task<IReadOnlyList<IReadOnlyList<DkimVerdict>>> VerifyAsync(IEnumerable<ReadOnlyMemory<byte>> messages, IEnumerable<DkimPublicKey> keys)
    {
        using var process = Process.Start(new ProcessStartInfo(Python, ["-c", Script])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(JsonSerializer.Serialize(new
        {
            keys = keys.ToDictionary(key => key.RecordName, key => key.RecordText),
            messages = messages.Select(message => Convert.ToBase64String(message.Span)),
        }));
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        Assert.True(process.ExitCode == 0, await error);
        return JsonSerializer.Deserialize<List<List<DkimVerdict>>>(await output, JsonSerializerOptions.Web)!;
    }
}
