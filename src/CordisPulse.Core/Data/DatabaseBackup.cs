using CordisPulse.Core.Hosting;
using CordisPulse.Core.Subscriptions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CordisPulse.Core.Data;

/// <summary>
/// Copies of an embedded database, taken and put back while the program runs. The key of <c>Secrets:KeyFile</c> is part of every backup,
/// in a file beside it: without it nobody who was erased would be known again. A server's database is backed up by its own means.
/// </summary>
public sealed class DatabaseBackup(IDbContextFactory<PulseDbContext> contexts, IServiceProvider services, IOptions<DatabaseOptions> options,
    IOptions<SecretsOptions> secrets)
{
    /// <summary>What the key's file is called, behind the backup's name.</summary>
    public const string KeySuffix = ".key";

    /// <summary>A consistent copy without what was deleted, opened and looked through before it counts as one.</summary>
    /// <exception cref="RefusedException">The database is a server's or damaged, or the file is there or can't be written; nothing is left behind.</exception>
    public async Task BackUpAsync(string file, CancellationToken cancellationToken = default)
    {
        RefuseServer();
        foreach (var path in new[] { file, file + KeySuffix })
            if (File.Exists(path))
                throw new RefusedException($"'{path}' is there already. Nothing was written.");
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            await db.Database.OpenConnectionAsync(cancellationToken);
            await using var copy = db.Database.GetDbConnection().CreateCommand();
            copy.CommandText = "VACUUM INTO $file";
            copy.Parameters.Add(new SqliteParameter("$file", Path.GetFullPath(file)));
            await copy.ExecuteNonQueryAsync(cancellationToken);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            await VerifyAsync(file, cancellationToken);
            File.Copy(secrets.Value.KeyFile!, file + KeySuffix);
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            // Neither was there before.
            File.Delete(file);
            File.Delete(file + KeySuffix);
            if (e is OperationCanceledException)
                throw;
            throw new RefusedException($"The backup can't be written: {e.Message.ReplaceLineEndings(" ")}");
        }
    }

    /// <exception cref="IOException">It is not whole.</exception>
    private static async Task VerifyAsync(string file, CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA quick_check(1)";
        if (await command.ExecuteScalarAsync(cancellationToken) is not "ok")
            throw new IOException("The copy is damaged, and so may be the database.");
    }

    /// <summary>
    /// Puts a backup in the place of what is there now. It is brought to the current schema and changed by <paramref name="keep"/> in a
    /// copy first; the database that is there is replaced in one step, also for programs that have it open.
    /// </summary>
    /// <param name="file">What <see cref="BackUpAsync"/> wrote.</param>
    /// <param name="keep">Carries over into the copy what must outlive a backup.</param>
    /// <param name="cancellationToken">Ends it before the last step.</param>
    /// <exception cref="RefusedException">The database is a server's, or the file is no backup or of another key.</exception>
    public async Task RestoreAsync(string file, Func<PulseDbContext, PulseDbContext, Task> keep, CancellationToken cancellationToken = default)
    {
        RefuseServer();
        if (!File.Exists(file))
            throw new RefusedException($"There is no file '{file}'.");
        RefuseOtherKey(file);
        var work = $"{Path.GetFullPath(file)}.{Guid.NewGuid():N}";
        try
        {
            File.Copy(file, work);
            await ReadyAsync(work, cancellationToken);
            await using var now = await contexts.CreateDbContextAsync(cancellationToken);
            await using (var restored = DatabaseRegistration.OpenFile(work, services))
            {
                if (!(await restored.Database.GetAppliedMigrationsAsync(cancellationToken)).Any())
                    throw new RefusedException($"'{file}' is no backup of CordisPulse.");
                await restored.Database.MigrateAsync(cancellationToken);
                // The program that runs has done so at its start, and does not start again.
                await FormerSpellings.MendAsync(restored, cancellationToken);
                await SubscriberSearch.FillAsync(restored, cancellationToken);
                var kept = await KeepAllAsync(now, restored, keep, cancellationToken);
                await using var replaced = await contexts.CreateDbContextAsync(cancellationToken);
                await restored.Database.OpenConnectionAsync(cancellationToken);
                await replaced.Database.OpenConnectionAsync(cancellationToken);
                using var replacement = await DatabaseReplacement.BeginAsync(
                    (SqliteConnection)restored.Database.GetDbConnection(), (SqliteConnection)replaced.Database.GetDbConnection(), cancellationToken);
                // Whoever leaves from here on waits for the database that is put in place.
                if (kept != await LastAsync(now, cancellationToken))
                    await keep(now, restored);
                // Every node that serves takes what it reads for new.
                var number = Math.Max(await ContentVersionAsync(now, cancellationToken), await ContentVersionAsync(restored, cancellationToken)) + 1;
                await restored.ContentVersions.ExecuteUpdateAsync(row => row.SetProperty(version => version.Number, number), cancellationToken);
                await replacement.FinishAsync(cancellationToken);
            }
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            throw new RefusedException($"The backup can't be restored: {e.Message.ReplaceLineEndings(" ")}");
        }
        finally
        {
            foreach (var path in new[] { work, work + "-wal", work + "-shm" })
                File.Delete(path);
        }
    }

    /// <summary>
    /// On a large list it takes a while, in which others leave: again, until nobody has meanwhile, so that nobody has to wait for long when
    /// the copy is put in place.
    /// </summary>
    /// <returns>The last that is kept, as <see cref="LastAsync"/> has it.</returns>
    private static async Task<(long Record, int Suppression)> KeepAllAsync(
        PulseDbContext now, PulseDbContext restored, Func<PulseDbContext, PulseDbContext, Task> keep, CancellationToken cancellationToken)
    {
        const int mostPasses = 10;
        for (var pass = 1; ; pass++)
        {
            var last = await LastAsync(now, cancellationToken);
            await keep(now, restored);
            if (pass == mostPasses || last == await LastAsync(now, cancellationToken))
                return last;
        }
    }

    /// <summary>Whatever happens to somebody on the list adds to one or the other.</summary>
    private static async Task<(long Record, int Suppression)> LastAsync(PulseDbContext db, CancellationToken cancellationToken)
        => (await db.ConsentRecords.Select(record => record.Id).OrderByDescending(id => id).FirstOrDefaultAsync(cancellationToken),
            await db.Suppressions.Select(row => row.Id).OrderByDescending(id => id).FirstOrDefaultAsync(cancellationToken));

    /// <summary>A copy is no write-ahead database yet, and can't become one where it is first only looked at.</summary>
    private static async Task ReadyAsync(string file, CancellationToken cancellationToken)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode=WAL";
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static Task<long> ContentVersionAsync(PulseDbContext db, CancellationToken cancellationToken)
        => db.ContentVersions.Select(version => version.Number).SingleOrDefaultAsync(cancellationToken);

    private void RefuseServer()
    {
        if (options.Value.Provider != DatabaseOptions.Sqlite)
            throw new RefusedException("This is for the embedded database. Back up SQL Server by its own means, and the file of Secrets:KeyFile with it.");
    }

    /// <summary>Under another key, those who were erased would not be known, and could be mailed again.</summary>
    private void RefuseOtherKey(string file)
    {
        if (File.Exists(file + KeySuffix) && File.ReadAllText(file + KeySuffix).Trim() != File.ReadAllText(secrets.Value.KeyFile!).Trim())
            throw new RefusedException($"The backup is of another key than Secrets:KeyFile. Put '{file + KeySuffix}' in the place of '{secrets.Value.KeyFile}' first, then restore.");
    }
}
