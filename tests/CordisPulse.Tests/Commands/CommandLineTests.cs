namespace CordisPulse.Tests.Commands;

/// <summary>How the program is called: what asks for help, what is a slip, what is for the server.</summary>
public sealed class CommandLineTests(PulseApp app) : IClassFixture<PulseApp>
{
    [Theory]
    [InlineData("Without a command it serves", "--help")]
    [InlineData("Without a command it serves", "-h")]
    [InlineData("Without a command it serves", "help")]
    [InlineData("--published-on", "help", "edition", "import")]
    [InlineData("--published-on", "edition", "import", "--help")]
    public async Task Help_is_given_however_it_is_asked_for(string words, params string[] arguments)
    {
        var result = await PulseCommand.RunProcessAsync(app.Settings, arguments);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains(words, result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'frobnicate' is no command. Commands: migrate, account, edition, mailing, mail, subscriber, backup, restore, database. --help says more.", "frobnicate")]
    [InlineData("'edtion' is no command. Commands: migrate, account, edition, mailing, mail, subscriber, backup, restore, database. --help says more.", "edtion", "import", "x")]
    [InlineData("'frob' is no command. Commands of edition: import, check, publish, export. --help says more.", "edition", "frob")]
    [InlineData("A command is missing. Commands of edition: import, check, publish, export. --help says more.", "edition")]
    [InlineData("'--bogus' is no option of import. Options: --month, --published-on, --dry-run, --publish, --replace.", "edition", "import", "--bogus", "x")]
    [InlineData("'--bogus' is no option of import. Options: --month, --published-on, --dry-run, --publish, --replace.", "edition", "import", "--bogus")]
    [InlineData("'--bogus' is no option of check. Options: --json.", "edition", "check", "2031-05", "--bogus")]
    [InlineData("'more' is one argument too many. --help says more.", "edition", "check", "2031-05", "more")]
    [InlineData("'2031-13' is not a month like 2022-03.", "edition", "check", "2031-13")]
    public async Task A_slip_is_wrong_usage_and_gets_one_line(string line, params string[] arguments)
    {
        var result = await PulseCommand.RunProcessAsync(app.Settings, arguments);

        Assert.Equal((2, "", line), (result.ExitCode, result.Output, result.Error.TrimEnd()));
    }

    [Theory]
    [InlineData("--Sample:Load=perhaps")]
    [InlineData("--Sample:Load", "perhaps")]
    [InlineData("Sample:Load=perhaps")]
    public async Task Settings_are_for_the_server(params string[] arguments)
    {
        var result = await PulseCommand.RunProcessAsync(app.Settings, arguments);

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("Sample:Load", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_whose_name_begins_with_a_dash_stands_behind_two()
    {
        var result = await PulseCommand.RunProcessAsync(app.Settings, "edition", "import", "--", "--bogus");

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("'--bogus' cannot be read", result.Error, StringComparison.Ordinal);
    }
}
