using BenchmarkDotNet.Running;
using CordisPulse.Benchmarks;

// BenchmarkDotNet gives means; what somebody waits for at worst is asked one by one.
if (args is ["covered-before"])
    await CoveredBeforeLatency.RunAsync();
else
    BenchmarkSwitcher.FromAssembly(typeof(RecogniserBenchmarks).Assembly).Run(args);
