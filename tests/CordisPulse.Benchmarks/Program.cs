using BenchmarkDotNet.Running;

BenchmarkSwitcher.FromAssembly(typeof(CordisPulse.Benchmarks.RecogniserBenchmarks).Assembly).Run(args);
