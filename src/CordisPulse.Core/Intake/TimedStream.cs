namespace CordisPulse.Core.Intake;

/// <summary>Bytes for a library that knows no end: whoever reads them after the limit is stopped.</summary>
internal sealed class TimedStream(byte[] content, CancellationToken limit) : MemoryStream(content, writable: false)
{
    public override int Read(Span<byte> buffer)
    {
        limit.ThrowIfCancellationRequested();
        return base.Read(buffer);
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        limit.ThrowIfCancellationRequested();
        return base.Read(buffer, offset, count);
    }

    public override int ReadByte()
    {
        limit.ThrowIfCancellationRequested();
        return base.ReadByte();
    }
}
