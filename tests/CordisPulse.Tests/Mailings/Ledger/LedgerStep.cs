namespace CordisPulse.Tests.Mailings.Ledger;

/// <summary>What can happen while a mailing runs.</summary>
internal enum LedgerAct
{
    /// <summary>A node takes a lease on some rows.</summary>
    Claim,

    /// <summary>A node records its last outcome and marks its next row, in one commit.</summary>
    Begin,

    /// <summary>The server's answer to a node's message comes, or the connection is lost.</summary>
    Answer,

    /// <summary>A node records its last outcome on its own.</summary>
    Record,

    /// <summary>A node gives back what it has claimed and not begun.</summary>
    GiveBack,

    /// <summary>A node is killed.</summary>
    Crash,

    /// <summary>Others find that nodes of this machine are dead.</summary>
    TakeOver,

    /// <summary>The leases of one node end, be it dead or only slow.</summary>
    EndLeases,

    /// <summary>All pauses between tries are over.</summary>
    TimePasses,
    Pause,
    Resume,

    /// <summary>A reader unsubscribes.</summary>
    Leave,

    /// <summary>A person has the failed ones tried again.</summary>
    RetryFailed,

    /// <summary>A person settles an uncertain one.</summary>
    Decide,
}

/// <param name="Node">Which of the nodes, where it matters.</param>
/// <param name="Choice">Which of the ways in which it can happen, or to whom.</param>
internal readonly record struct LedgerStep(LedgerAct Act, int Node, int Choice)
{
    public const int Nodes = 3;

    // Sending comes often, trouble seldom, so that a history gets somewhere.
    private static readonly LedgerAct[] Weighted =
    [
        .. Enumerable.Repeat(LedgerAct.Claim, 5), .. Enumerable.Repeat(LedgerAct.Begin, 12), .. Enumerable.Repeat(LedgerAct.Answer, 10),
        LedgerAct.Record, LedgerAct.Record, LedgerAct.GiveBack, LedgerAct.Crash, LedgerAct.TakeOver, LedgerAct.EndLeases, LedgerAct.EndLeases,
        LedgerAct.TimePasses, LedgerAct.TimePasses, LedgerAct.Pause, LedgerAct.Resume, LedgerAct.Resume, LedgerAct.Leave, LedgerAct.RetryFailed, LedgerAct.Decide,
    ];

    /// <summary>Any bytes are a history, two a step, so that a failing one can be made shorter.</summary>
    public static IEnumerable<LedgerStep> Read(byte[] history)
        => history.Chunk(2).Where(pair => pair.Length == 2).Select(pair => new LedgerStep(Weighted[pair[0] % Weighted.Length], pair[1] % Nodes, pair[1] / Nodes));
}
