using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CordisPulse.Core.Data;

/// <summary>
/// Replaces an SQLite database by another page by page, in one commit, while others have it open. From <see cref="BeginAsync"/> until it
/// is over nobody else can write to what is replaced: who tries waits. Without <see cref="FinishAsync"/> it stays as it was.
/// </summary>
/// <remarks>SQLite's online backup (sqlite.org/c3ref/backup_finish.html), which Microsoft.Data.Sqlite offers as one step only.</remarks>
internal sealed class DatabaseReplacement : IDisposable
{
    private const string Schema = "main";
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    private readonly sqlite3 _replaced;
    private readonly sqlite3_backup _backup;

    private DatabaseReplacement(SqliteConnection by, SqliteConnection replaced)
    {
        _replaced = replaced.Handle!;
        _backup = raw.sqlite3_backup_init(_replaced, Schema, by.Handle!, Schema);
        if (_backup.IsInvalid)
            throw Failure();
    }

    /// <summary>Holds others off from now on.</summary>
    /// <param name="by">What stands in its place afterwards. What is written to it on this connection until then counts.</param>
    /// <param name="replaced">An open connection without a transaction.</param>
    /// <exception cref="SqliteException">Somebody else has been writing for too long, or the file can't be written.</exception>
    public static async Task<DatabaseReplacement> BeginAsync(SqliteConnection by, SqliteConnection replaced, CancellationToken cancellationToken)
    {
        var replacement = new DatabaseReplacement(by, replaced);
        try
        {
            // The first page takes the lock, for all that follow.
            await replacement.StepAsync(pages: 1, cancellationToken);
            return replacement;
        }
        catch
        {
            replacement.Dispose();
            throw;
        }
    }

    public Task FinishAsync(CancellationToken cancellationToken) => StepAsync(pages: -1, cancellationToken);

    public void Dispose() => _backup.Dispose();

    private async Task StepAsync(int pages, CancellationToken cancellationToken)
    {
        for (var waited = TimeSpan.Zero; ; waited += Pause)
        {
            switch (raw.sqlite3_backup_step(_backup, pages))
            {
                case raw.SQLITE_OK or raw.SQLITE_DONE:
                    return;
                case raw.SQLITE_BUSY or raw.SQLITE_LOCKED when waited < Longest:
                    await Task.Delay(Pause, cancellationToken);
                    break;
                case var code:
                    SqliteException.ThrowExceptionForRC(code, _replaced);
                    break;
            }
        }
    }

    private SqliteException Failure() => new(raw.sqlite3_errmsg(_replaced).utf8_to_string(), raw.sqlite3_errcode(_replaced));
}
