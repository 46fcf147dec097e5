using System.Data;
using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace CordisPulse.Core.Data;

/// <summary>
/// Moves everything from one database to an empty one, of whatever kind: the way from a trial to production, and back. It is written in one
/// transaction, read again and compared before that ends, so that afterwards either all of it is there or nothing.
/// </summary>
public sealed class DatabaseCopy(IServiceProvider services, IOptions<DatabaseOptions> options, IConfiguration configuration)
{
    /// <summary>Holds nothing before anybody has worked with the program.</summary>
    private static readonly string[] Work = ["AspNetUsers", "Editions", "Subscribers", "Mailings"];

    /// <param name="from">Null for the database of the settings; likewise <paramref name="to"/>.</param>
    /// <param name="to">Made when there is none, and brought to the current schema.</param>
    /// <param name="copied">Told of each table that was copied and compared.</param>
    /// <param name="cancellationToken">Ends it; the database that is written to is as it was.</param>
    /// <exception cref="RefusedException">Both are one, one can't be opened or is of another version, the second is not empty, or what was read again is not what was written.</exception>
    public async Task CopyAsync(DatabasePlace? from, DatabasePlace? to, Action<string, TableContent> copied, CancellationToken cancellationToken = default)
    {
        if (from == to)
            throw new RefusedException("Name a database to copy from or to: sqlite:FILE or sqlserver:CONNECTION. The one that is not named is that of the settings.");
        if (from is { IsFile: true } && !File.Exists(from.Address))
            throw new RefusedException($"There is no file '{from.Address}'.");
        try
        {
            await using var source = Open(from);
            await using var target = Open(to);
            if (IsSame(source, target))
                throw new RefusedException("That is one and the same database.");
            await RefuseOtherSchemaAsync(source, cancellationToken);
            await target.Database.MigrateAsync(cancellationToken);
            await source.Database.OpenConnectionAsync(cancellationToken);
            await target.Database.OpenConnectionAsync(cancellationToken);
            await using var reading = await source.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
            await using var writing = await target.Database.BeginTransactionAsync(cancellationToken);
            Copy(source, reading.GetDbTransaction(), target, writing.GetDbTransaction(), copied, cancellationToken);
            await writing.CommitAsync(cancellationToken);
        }
        catch (DbException e)
        {
            throw new RefusedException($"Nothing was copied: {e.Message.ReplaceLineEndings(" ")}");
        }
    }

    /// <summary>Everything that is put to a database of the kind of <paramref name="db"/>, for a test that it is what that database reads.</summary>
    public static IReadOnlyList<string> Texts(PulseDbContext db)
        => [.. CopiedTable.InOrder(db).Select(name => new CopiedTable(db, name)).SelectMany(table => table.Texts.Concat(table.NumbersItself ? RowNumbers.Texts(db.Database.IsSqlServer(), table.Name) : []))];

    private static void Copy(
        PulseDbContext source, DbTransaction reading, PulseDbContext target, DbTransaction writing, Action<string, TableContent> copied, CancellationToken cancellationToken)
    {
        var (from, to) = (source.Database.GetDbConnection(), target.Database.GetDbConnection());
        var names = CopiedTable.InOrder(source);
        foreach (var name in Work)
            if (!new CopiedTable(target, name).IsEmpty(to, writing))
                throw new RefusedException($"The database to copy to is in use: its table {name} is not empty. Copy to one that nobody has worked with.");
        foreach (var name in names.Reverse())
            new CopiedTable(target, name).Empty(to, writing);
        foreach (var name in names)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (old, young) = (new CopiedTable(source, name), new CopiedTable(target, name));
            var read = new TableContent();
            if (young.NumbersItself)
                RowNumbers.Give(target.Database.IsSqlServer(), to, writing, name, isGiven: true);
            young.Write(to, writing, old.Read(from, reading).Select(row =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                read = read.With(row);
                return row;
            }));
            if (young.NumbersItself)
            {
                RowNumbers.Give(target.Database.IsSqlServer(), to, writing, name, isGiven: false);
                // A number that was somebody's is nobody else's ever.
                RowNumbers.SetLast(target.Database.IsSqlServer(), to, writing, name, RowNumbers.Last(source.Database.IsSqlServer(), from, reading, name));
            }

            var written = young.Read(to, writing).Aggregate(new TableContent(), (content, row) => content.With(row));
            if (written != read)
                throw new RefusedException(string.Create(
                    CultureInfo.InvariantCulture, $"Nothing was copied: {name} had {read.Rows} rows, and {written.Rows} with {(written.Rows == read.Rows ? "other values" : "some missing")} were read again."));
            copied(name, written);
        }
    }

    private static async Task RefuseOtherSchemaAsync(PulseDbContext source, CancellationToken cancellationToken)
    {
        var applied = (await source.Database.GetAppliedMigrationsAsync(cancellationToken)).ToList();
        if (applied.Count == 0)
            throw new RefusedException("The database to copy from is none of CordisPulse.");
        if (!applied.SequenceEqual(source.Database.GetMigrations()))
            throw new RefusedException("The database to copy from is of another version than this program. Bring it to this one first: migrate.");
    }

    private PulseDbContext Open(DatabasePlace? place)
    {
        if (place is not null)
            return DatabaseRegistration.Open(place, services);
        var connection = configuration.GetConnectionString(DatabaseOptions.ConnectionStringName);
        return options.Value.Provider == DatabaseOptions.Sqlite
            ? DatabaseRegistration.Open(new DatabasePlace(DatabaseOptions.Sqlite, DatabaseRegistration.FileOf(connection, services)), services)
            : DatabaseRegistration.Open(new DatabasePlace(DatabaseOptions.SqlServer, connection ?? ""), services);
    }

    private static bool IsSame(PulseDbContext a, PulseDbContext b)
        => a.Database.ProviderName == b.Database.ProviderName
            && (a.Database.IsSqlite()
                ? Path.GetFullPath(a.Database.GetDbConnection().DataSource) == Path.GetFullPath(b.Database.GetDbConnection().DataSource)
                : (a.Database.GetDbConnection().DataSource, a.Database.GetDbConnection().Database) == (b.Database.GetDbConnection().DataSource, b.Database.GetDbConnection().Database));
}
