namespace CordisPulse.Core.Subscriptions;

/// <summary>What it means when somebody does not answer.</summary>
public enum Silence
{
    /// <summary>They stay on the list.</summary>
    Keep,

    /// <summary>They are taken off it.</summary>
    Leave,
}

/// <summary>One time that people were asked whether they still want the digest. Whom it asked are the mails that were queued for it.</summary>
public sealed class PermissionRound
{
    public int Id { get; set; }

    public DateTime AskedUtc { get; set; }

    public int? AskedById { get; set; }

    /// <summary>Who had last agreed before this was asked.</summary>
    public DateTime AgreedBeforeUtc { get; set; }

    public DateTime AnswerByUtc { get; set; }

    public Silence Silence { get; set; }

    /// <summary>When silence was settled, or staff stopped waiting; null while answers are waited for.</summary>
    public DateTime? SettledUtc { get; private set; }

    /// <summary>True while answers are waited for, and null after: a unique index lets one round be open at a time.</summary>
    public bool? IsOpen { get; private set; } = true;

    public int Asked { get; set; }

    /// <summary>Taken off the list for want of an answer.</summary>
    public int Left { get; set; }

    public int Version { get; set; }

    public void Settle(DateTime now) => (SettledUtc, IsOpen) = (now, null);
}
