using System.Data;
using System.Data.Common;
using System.Runtime.CompilerServices;
using CordisPulse.Core.Mailings;
using CordisPulse.Core.Mailings.Sending;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace CordisPulse.Core.Data;

/// <summary>
/// The writes that every message costs, by hand and put together once for each connection: to translate them anew each time takes longer than
/// to send the message. They belong in the transaction of their context.
/// </summary>
public sealed class LedgerStatements
{
    private static readonly ConditionalWeakTable<DbConnection, LedgerStatements> Known = [];

    private static readonly double LeaseSeconds = DeliveryQueue.Lease.TotalSeconds;

    private readonly DbCommand _mark;
    private readonly DbCommand _markAgain;
    private readonly DbCommand _record;

    private LedgerStatements(DbConnection connection, bool isSqlite)
    {
        var (mark, markAgain, record) = Texts(isSqlite);
        _mark = Command(connection, mark, Id, Number, Seconds);
        _markAgain = Command(connection, markAgain, Id, Number, Seconds, ("@attempts", DbType.Int32));
        _record = Command(
            connection, record, Id, Number, Seconds,
            ("@from", DbType.String), ("@to", DbType.String), ("@code", DbType.Int32), ("@answer", DbType.String), ("@uncounted", DbType.Int32), ("@isSettled", DbType.Int32), ("@fault", DbType.String));
    }

    private static (string Name, DbType Type) Id => ("@id", DbType.Int64);

    private static (string Name, DbType Type) Number => ("@number", DbType.Int32);

    private static (string Name, DbType Type) Seconds => ("@seconds", DbType.Double);

    /// <summary>The statements as a database reads them. The times are its own; a length of time is a parameter, in seconds.</summary>
    public static (string Mark, string MarkAgain, string Record) Texts(bool isSqlite)
    {
        var now = isSqlite ? Sqlite("") : "SYSUTCDATETIME()";
        var later = isSqlite ? Sqlite(", @seconds || ' seconds'") : "DATEADD(second, @seconds, SYSUTCDATETIME())";
        var attempt = DeliveryTransitions.Of(DeliveryAct.Attempt);
        var mayBeSent =
            $"""
              AND EXISTS (
                SELECT 1 FROM "Mailings" AS m
                WHERE m."Id" = "Deliveries"."MailingId" AND m."State" = '{MailingState.Sending}' AND (m."HoldUntilUtc" IS NULL OR m."HoldUntilUtc" <= {now}))
              AND EXISTS (
                SELECT 1 FROM "Subscribers" AS s
                WHERE s."Id" = "Deliveries"."SubscriberId" AND s."Status" = '{Subscriptions.SubscriberStatus.Active}' AND s."PausedUntilUtc" IS NULL
                  AND NOT EXISTS (SELECT 1 FROM "Suppressions" AS x WHERE x."NormalizedEmail" = s."NormalizedEmail"))
            """;
        return (
            $"""
            UPDATE "Deliveries" SET "State" = '{attempt.To}', "Attempts" = "Attempts" + 1, "AttemptedUtc" = {now}, "LeaseEndUtc" = {later},
              "FirstAttemptedUtc" = CASE WHEN "Attempts" = 0 THEN {now} ELSE "FirstAttemptedUtc" END
            WHERE "Id" = @id AND "LeaseNumber" = @number AND "State" IN ({string.Join(", ", attempt.From.Select(state => $"'{state}'"))})
            {mayBeSent}
            """,
            $"""
            UPDATE "Deliveries" SET "LeaseEndUtc" = {later}
            WHERE "Id" = @id AND "LeaseNumber" = @number AND "State" = '{attempt.To}' AND "Attempts" = @attempts
            {mayBeSent}
            """,
            $"""
            UPDATE "Deliveries" SET "State" = @to, "Code" = @code, "Answer" = @answer, "Fault" = @fault, "LeaseEndUtc" = NULL, "Attempts" = "Attempts" - @uncounted,
              "SettledUtc" = CASE WHEN @isSettled = 1 THEN {now} ELSE "SettledUtc" END,
              "NextAttemptUtc" = CASE WHEN @seconds IS NULL THEN "NextAttemptUtc" ELSE {later} END
            WHERE "Id" = @id AND "LeaseNumber" = @number AND "State" = @from
            """);
    }

    /// <summary>Those of a context's connection.</summary>
    internal static LedgerStatements Of(PulseDbContext db)
    {
        var statements = Known.GetValue(db.Database.GetDbConnection(), connection => new LedgerStatements(connection, db.Database.IsSqlite()));
        var transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        foreach (var command in new[] { statements._mark, statements._markAgain, statements._record })
            command.Transaction = transaction;
        return statements;
    }

    /// <summary>Marks a message as begun, if it may be begun.</summary>
    internal Task<bool> MarkAsync(ClaimedDelivery row, CancellationToken cancellationToken)
        => ExecuteAsync(_mark, cancellationToken, row.Id, row.LeaseNumber, LeaseSeconds);

    /// <summary>Lengthens the lease of a message that was begun, if it may still be sent.</summary>
    internal Task<bool> MarkAgainAsync(ClaimedDelivery row, CancellationToken cancellationToken)
        => ExecuteAsync(_markAgain, cancellationToken, row.Id, row.LeaseNumber, LeaseSeconds, row.Attempts + 1);

    /// <summary>Writes what became of a message, if the row is still the sender's.</summary>
    internal Task<bool> RecordAsync(DeliveryOutcome outcome, CancellationToken cancellationToken)
    {
        var transition = DeliveryTransitions.Of(outcome.Act);
        return ExecuteAsync(
            _record,
            cancellationToken,
            outcome.Delivery.Id,
            outcome.Delivery.LeaseNumber,
            outcome.Again?.TotalSeconds,
            transition.From.Single().ToString(),
            transition.To.ToString(),
            outcome.Code,
            outcome.Answer.Length > Limits.Note ? outcome.Answer[..Limits.Note] : outcome.Answer,
            // Not counted: the server met nobody's message with anything better.
            outcome.Act == DeliveryAct.Release ? 1 : 0,
            transition.To is DeliveryState.Sent or DeliveryState.Failed ? 1 : 0,
            outcome.Fault?.ToString());
    }

    /// <summary>A time as Entity Framework writes it: without zeros at the end.</summary>
    private static string Sqlite(string modifier) => $"rtrim(rtrim(strftime('%Y-%m-%d %H:%M:%f', 'now'{modifier}), '0'), '.')";

    private static DbCommand Command(DbConnection connection, string text, params ReadOnlySpan<(string Name, DbType Type)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        foreach (var (name, type) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.DbType) = (name, type);
            // Else each length of text is another plan to SQL Server.
            if (type == DbType.String)
                parameter.Size = Limits.Note;
            command.Parameters.Add(parameter);
        }

        return command;
    }

    /// <param name="values">In the order of the command's parameters.</param>
    /// <returns>Whether the row was changed.</returns>
    private static async Task<bool> ExecuteAsync(DbCommand command, CancellationToken cancellationToken, params object?[] values)
    {
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return await command.ExecuteNonQueryAsync(cancellationToken) == 1;
    }
}
