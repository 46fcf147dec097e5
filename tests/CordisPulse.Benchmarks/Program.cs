using System.Globalization;
using BenchmarkDotNet.Running;
using CordisPulse.Benchmarks;

// BenchmarkDotNet gives means; what somebody waits for at worst is asked one by one.
if (args is ["covered-before"])
    await CoveredBeforeLatency.RunAsync();
else if (args is ["sending", .. var numbers])
    await SendingBesidePostfix.RunAsync(numbers.ElementAtOrDefault(0) is { } messages ? int.Parse(messages, CultureInfo.InvariantCulture) : 6000, numbers.ElementAtOrDefault(1) is { } trials ? int.Parse(trials, CultureInfo.InvariantCulture) : 5);
else if (args is ["message"])
    await MessageCost.RunAsync();
else
    BenchmarkSwitcher.FromAssembly(typeof(RecogniserBenchmarks).Assembly).Run(args);
