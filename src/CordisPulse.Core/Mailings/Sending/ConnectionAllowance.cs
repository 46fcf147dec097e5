namespace CordisPulse.Core.Mailings.Sending;

/// <summary>
/// How many of <c>Mail:MaxConnections</c> are used at present. A server that says that they are too many, or whose answers begin to take
/// many times longer than usual, gets fewer for a while; a minute later one is added, and so on while all goes well.
/// </summary>
public sealed class ConnectionAllowance(int most, TimeProvider time)
{
    /// <summary>No one is taken away, or added, twice within this time: the last change must have had its effect.</summary>
    public static readonly TimeSpan Settling = TimeSpan.FromMinutes(1);

    /// <summary>Answers that take so many times as long as usual are slow.</summary>
    public const int TimesSlower = 5;

    /// <summary>Whatever is usual, an answer within this time is quick.</summary>
    public static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(300);

    /// <summary>Messages from which it is known what is usual.</summary>
    public const int Known = 20;

    private const double UsualWeight = 1 / 200.0;
    private const double LatelyWeight = 1 / 8.0;

    private readonly Lock _lock = new();
    private int _withheld;
    private DateTimeOffset _settled = DateTimeOffset.MinValue;
    private int _answers;
    private double _usual;
    private double _lately;

    public int Allowed
    {
        get
        {
            lock (_lock)
            {
                if (_withheld > 0 && time.GetUtcNow() >= _settled)
                {
                    _withheld--;
                    _settled = time.GetUtcNow() + Settling;
                }

                return most - _withheld;
            }
        }
    }

    /// <param name="number">Counted from 0.</param>
    public bool Includes(int number) => number < Allowed;

    /// <summary>One connection fewer for a while; never none.</summary>
    public void Lower()
    {
        lock (_lock)
            Lower(most - _withheld - 1);
    }

    /// <summary>The server has answered a message, in this time.</summary>
    public void Answered(TimeSpan took)
    {
        lock (_lock)
        {
            var milliseconds = took.TotalMilliseconds;
            _answers++;
            // The first ones make a plain mean; later the usual time follows slowly, and so gets used to a server that stays slow.
            _usual += (milliseconds - _usual) * Math.Max(1.0 / _answers, UsualWeight);
            _lately += (milliseconds - _lately) * Math.Max(1.0 / _answers, LatelyWeight);
            if (_answers > Known && _lately > Quick.TotalMilliseconds && _lately > TimesSlower * _usual && time.GetUtcNow() >= _settled)
                Lower((most - _withheld) / 2);
        }
    }

    private void Lower(int to)
    {
        _withheld = most - Math.Max(1, to);
        _settled = time.GetUtcNow() + Settling;
    }
}
