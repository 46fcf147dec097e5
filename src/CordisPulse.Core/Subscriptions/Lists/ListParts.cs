using System.IO.Compression;
using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Subscriptions.Lists;

/// <summary>Keeps the file of an import in the database, compressed and in pieces, so that neither keeping nor reading it needs much memory or holds up others.</summary>
public sealed class ListParts(IDbContextFactory<PulseDbContext> contexts)
{
    private const int Size = 256 * 1024;

    /// <summary>Keeps what is written, a piece at a time; closing it keeps the last.</summary>
    public Stream Write(int importId, int sheet) => new GZipStream(new BufferedStream(new Writing(contexts, importId, sheet), Size), CompressionLevel.Fastest);

    public Stream Read(int importId, int sheet) => new BufferedStream(new GZipStream(new Reading(contexts, importId, sheet), CompressionMode.Decompress), 64 * 1024);

    /// <summary>Of a sheet that turned out to be empty.</summary>
    public void Delete(int importId, int sheet)
    {
        using var db = contexts.CreateDbContext();
        db.ListImportParts.Where(part => part.ImportId == importId && part.Sheet == sheet).ExecuteDelete();
    }

    /// <summary>A few pieces at a time, so that nobody waits for a large file to go.</summary>
    public async Task DeleteAsync(int importId, CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await DeleteAsync(db, importId, cancellationToken);
    }

    /// <inheritdoc cref="DeleteAsync(int, CancellationToken)"/>
    internal static async Task DeleteAsync(PulseDbContext db, int importId, CancellationToken cancellationToken)
    {
        const int AtOnce = 16;
        while (await db.ListImportParts.Where(part => part.ImportId == importId).OrderBy(part => part.Sheet).ThenBy(part => part.Number)
            .Select(part => new { part.Sheet, part.Number }).Take(AtOnce).ToListAsync(cancellationToken) is { Count: > 0 } parts)
            foreach (var part in parts)
                await db.ListImportParts.Where(row => row.ImportId == importId && row.Sheet == part.Sheet && row.Number == part.Number).ExecuteDeleteAsync(cancellationToken);
    }

    private sealed class Writing(IDbContextFactory<PulseDbContext> contexts, int importId, int sheet) : OneWayStream
    {
        private int _number;

        public override bool CanWrite => true;

        public override void Write(byte[] buffer, int offset, int count)
        {
            if (count == 0)
                return;
            using var db = contexts.CreateDbContext();
            db.Add(new ListImportPart { ImportId = importId, Sheet = sheet, Number = _number++, Bytes = buffer[offset..(offset + count)] });
            db.SaveChanges();
        }
    }

    private sealed class Reading(IDbContextFactory<PulseDbContext> contexts, int importId, int sheet) : OneWayStream
    {
        private int _number;
        private ReadOnlyMemory<byte> _piece;

        public override bool CanRead => true;

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (_piece.Length == 0)
            {
                using var db = contexts.CreateDbContext();
                var number = _number++;
                _piece = db.ListImportParts.Where(part => part.ImportId == importId && part.Sheet == sheet && part.Number == number).Select(part => part.Bytes).SingleOrDefault();
            }

            var read = Math.Min(count, _piece.Length);
            _piece[..read].CopyTo(buffer.AsMemory(offset));
            _piece = _piece[read..];
            return read;
        }
    }
}
