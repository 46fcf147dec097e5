namespace CordisPulse.Core.Audit;

/// <summary>The words of <see cref="AuditEntry.Act"/>; what stands before the dot is the kind.</summary>
public static class AuditedActs
{
    public const string PublishEdition = "edition.publish";
    public const string CorrectEdition = "edition.correct";
    public const string WithdrawEdition = "edition.withdraw";

    public const string ScheduleMailing = "mailing.schedule";
    public const string UnscheduleMailing = "mailing.unschedule";
    public const string StartMailing = "mailing.start";
    public const string SendNow = "mailing.send-now";
    public const string PauseMailing = "mailing.pause";
    public const string ResumeMailing = "mailing.resume";
    public const string CancelMailing = "mailing.cancel";
    public const string RetryFailed = "mailing.retry";
    public const string DecideUncertain = "mailing.decide";

    public const string ReadPerson = "subscriber.read";
    public const string ExportPerson = "subscriber.export";
    public const string ExportList = "subscribers.export";
    public const string ErasePerson = "subscriber.erase";
    public const string AddPerson = "subscriber.add";
    public const string ChangePerson = "subscriber.change";
    public const string UnsubscribePerson = "subscriber.unsubscribe";
    public const string SuppressPerson = "subscriber.suppress";
    public const string MergePerson = "subscriber.merge";
    public const string ImportList = "subscribers.import";
    public const string UndoImport = "subscribers.undo-import";
    public const string AskAgain = "subscribers.ask-again";
    public const string StopAsking = "subscribers.stop-asking";

    public const string AddSetting = "settings.add";
    public const string ChangeSetting = "settings.change";
    public const string RemoveSetting = "settings.remove";

    public const string AddAccount = "account.add";
    public const string ChangeRole = "account.role";
    public const string DisableAccount = "account.disable";
    public const string EnableAccount = "account.enable";
    public const string MakeSetUpLink = "account.link";
    public const string SetPassword = "account.password";
    public const string SecondFactorOn = "account.second-factor-on";
    public const string SecondFactorOff = "account.second-factor-off";
    public const string RecoveryCodes = "account.recovery-codes";

    public const string SignedIn = "sign-in.done";
    public const string SignInFailed = "sign-in.failed";
    public const string LockedOut = "sign-in.locked-out";
    public const string SignedOut = "sign-in.sign-out";

    public const string ExportAudit = "audit.export";

    /// <summary>Those that tell who read, exported or erased what is held about people, and are kept for as long as <c>Retention:ReadDays</c> says.</summary>
    public static IReadOnlyList<string> Readings { get; } = [ReadPerson, ExportPerson, ExportList, ErasePerson];

    /// <summary>Each kind with its acts, as the page shows them.</summary>
    public static IReadOnlyList<AuditedKind> Kinds { get; } =
    [
        new("edition", "Publishing", [PublishEdition, CorrectEdition, WithdrawEdition]),
        new("mailing", "Sending", [ScheduleMailing, UnscheduleMailing, StartMailing, SendNow, PauseMailing, ResumeMailing, CancelMailing, RetryFailed, DecideUncertain]),
        new(
            "subscribers", "Subscribers",
            [ReadPerson, AddPerson, ChangePerson, UnsubscribePerson, SuppressPerson, MergePerson, ExportPerson, ErasePerson, ExportList, ImportList, UndoImport, AskAgain, StopAsking]),
        new("settings", "Settings", [AddSetting, ChangeSetting, RemoveSetting]),
        new("accounts", "Accounts", [AddAccount, ChangeRole, DisableAccount, EnableAccount, MakeSetUpLink, SetPassword, SecondFactorOn, SecondFactorOff, RecoveryCodes]),
        new("sign-ins", "Sign-ins", [SignedIn, SignInFailed, LockedOut, SignedOut]),
        new("audit", "This record", [ExportAudit]),
    ];

    public static IReadOnlyList<string> All { get; } = [.. Kinds.SelectMany(kind => kind.Acts)];

    /// <summary>What an act, or a kind of acts, stands for; empty for neither.</summary>
    public static IReadOnlyList<string> Meant(string kindOrAct)
        => Kinds.FirstOrDefault(kind => kind.Name == kindOrAct)?.Acts ?? [.. All.Where(act => act == kindOrAct)];

    public static string InWords(string act) => act switch
    {
        PublishEdition => "published an edition",
        CorrectEdition => "published a correction",
        WithdrawEdition => "took an edition back from readers",
        ScheduleMailing => "scheduled a mailing",
        UnscheduleMailing => "took a schedule back",
        StartMailing => "started a mailing",
        SendNow => "ended the wait before everybody is sent to",
        PauseMailing => "paused a mailing",
        ResumeMailing => "resumed a mailing",
        CancelMailing => "cancelled a mailing",
        RetryFailed => "had failed deliveries tried again",
        DecideUncertain => "decided uncertain deliveries",
        ReadPerson => "opened the page",
        ExportPerson => "exported all we hold",
        ExportList => "exported the list",
        ErasePerson => "erased",
        AddPerson => "added a subscriber",
        ChangePerson => "changed a subscriber",
        UnsubscribePerson => "took a subscriber off the list",
        SuppressPerson => "suppressed a subscriber",
        MergePerson => "merged two subscribers",
        ImportList => "imported a list",
        UndoImport => "took an import back",
        AskAgain => "asked readers whether they still want it",
        StopAsking => "stopped asking readers",
        AddSetting => "added",
        ChangeSetting => "changed",
        RemoveSetting => "removed",
        AddAccount => "added an account",
        ChangeRole => "changed a role",
        DisableAccount => "disabled an account",
        EnableAccount => "enabled an account",
        MakeSetUpLink => "made a set-up link",
        SetPassword => "set a password",
        SecondFactorOn => "turned a second factor on",
        SecondFactorOff => "turned a second factor off",
        RecoveryCodes => "made new recovery codes",
        SignedIn => "signed in",
        SignInFailed => "failed to sign in",
        LockedOut => "was locked out",
        SignedOut => "signed out",
        ExportAudit => "exported this record",
        _ => act,
    };
}

/// <param name="Name">As the page's address has it.</param>
public sealed record AuditedKind(string Name, string Title, IReadOnlyList<string> Acts);
