namespace CordisPulse.Tests;

/// <summary>Whether the tests run under <c>--long</c>; without it each takes its short form.</summary>
public static class LongRun
{
    public static bool IsAsked { get; } = Environment.GetEnvironmentVariable("CORDISPULSE_TEST_LONG") == "1";

    public static T Pick<T>(T ordinary, T whenLong) => IsAsked ? whenLong : ordinary;
}
