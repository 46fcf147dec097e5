using System.Globalization;
using BenchmarkDotNet.Running;
using CordisPulse.Benchmarks;

const int Messages = 6000;
const int Trials = 5;
const int Million = 1_000_000;
const int Editions = 2400;

// BenchmarkDotNet gives means; what somebody waits for at worst is asked one by one.
switch (args)
{
    case ["covered-before"]:
        await CoveredBeforeLatency.RunAsync();
        break;
    case ["sending", .. var numbers]:
        await SendingBesidePostfix.RunAsync(Number(numbers, 0, Messages), Number(numbers, 1, Trials));
        break;
    case ["message"]:
        await MessageCost.RunAsync();
        break;
    case ["enrolment"]:
        await EnrolmentScale.RunAsync();
        break;
    case ["ledger"]:
        await LedgerCost.RunAsync();
        break;
    case ["memory", .. var numbers]:
        await SendingMemory.RunAsync(Number(numbers, 0, Million));
        break;
    case ["import", .. var numbers]:
        await ImportScale.RunAsync(numbers.Length == 0 ? [10_000, 100_000, Million] : [.. numbers.Select(number => int.Parse(number, CultureInfo.InvariantCulture))]);
        break;
    case ["list", .. var numbers]:
        await ListScale.RunAsync(numbers.Length == 0 ? [100_000, Million] : [.. numbers.Select(number => int.Parse(number, CultureInfo.InvariantCulture))]);
        break;
    case ["leaving", .. var numbers]:
        await LeavingAtOnce.RunAsync(Number(numbers, 0, 500));
        break;
    case ["search", .. var numbers]:
        await SearchBesideFts5.RunAsync(Number(numbers, 0, Editions));
        break;
    case ["pages", .. var numbers]:
        await PagesBesideNginx.RunAsync(Number(numbers, 0, Editions));
        break;
    case [BareProgram.Command, var file, var address]:
        await BareProgram.RunAsync(file, address);
        break;
    case ["start"]:
        await StartLatency.RunAsync();
        break;
    case ["mailing"]:
        await SendingBesidePostfix.RunAsync(Messages, Trials);
        await MessageCost.RunAsync();
        await LedgerCost.RunAsync();
        await EnrolmentScale.RunAsync();
        await SendingMemory.RunAsync(Million);
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(RecogniserBenchmarks).Assembly).Run(args);
        break;
}

static int Number(string[] numbers, int index, int otherwise)
    => numbers.ElementAtOrDefault(index) is { } number ? int.Parse(number, CultureInfo.InvariantCulture) : otherwise;
