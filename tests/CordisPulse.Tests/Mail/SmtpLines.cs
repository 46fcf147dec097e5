using System.Buffers;
using System.Text;

namespace CordisPulse.Tests.Mail;

/// <summary>Lines and message content over one buffer each way.</summary>
internal sealed class SmtpLines(Stream stream)
{
    private static readonly byte[] EndOfData = "\r\n.\r\n"u8.ToArray();

    private readonly byte[] _in = new byte[64 * 1024];
    private readonly ArrayBufferWriter<byte> _out = new(1024);
    private Stream _stream = stream;
    private int _start;
    private int _end;

    public bool HasMore => _start < _end;

    public void Replace(Stream stream) => (_stream, _start, _end) = (stream, 0, 0);

    public async ValueTask<string?> ReadLineAsync(CancellationToken stop)
    {
        while (true)
        {
            var length = _in.AsSpan(_start, _end - _start).IndexOf("\r\n"u8);
            if (length >= 0)
            {
                var line = Encoding.UTF8.GetString(_in, _start, length);
                _start += length + 2;
                return line;
            }

            if (!await FillAsync(stop))
                return null;
        }
    }

    /// <summary>
    /// The content up to the final dot, with dot-stuffing undone. Null when the connection ends before it, or when
    /// <paramref name="onFirstLine"/> says to stop.
    /// </summary>
    public async ValueTask<byte[]?> ReadContentAsync(Func<Task<bool>> onFirstLine, CancellationToken stop)
    {
        // The content begins at the start of a line, so a message may end with its very first dot.
        var content = new ArrayBufferWriter<byte>(8 * 1024);
        content.Write("\r\n"u8);
        var isFirst = true;
        while (true)
        {
            if (!HasMore && !await FillAsync(stop))
                return null;
            if (isFirst && !await onFirstLine())
                return null;
            isFirst = false;
            var had = content.WrittenCount;
            content.Write(_in.AsSpan(_start, _end - _start));
            // The end may lie across two reads.
            var from = Math.Max(0, had - (EndOfData.Length - 1));
            var found = content.WrittenSpan[from..].IndexOf(EndOfData);
            if (found < 0)
            {
                _start = _end;
                continue;
            }

            var end = from + found;
            _start += end + EndOfData.Length - had;
            return Unstuff(content.WrittenSpan[..(end + 2)])[2..];
        }
    }

    public async ValueTask WriteLineAsync(string line, CancellationToken stop)
    {
        Encoding.UTF8.GetBytes(line, _out);
        _out.Write("\r\n"u8);
        if (_out.WrittenCount > 32 * 1024)
            await FlushAsync(stop);
    }

    public void Write(ReadOnlySpan<byte> bytes) => _out.Write(bytes);

    public async ValueTask FlushAsync(CancellationToken stop)
    {
        if (_out.WrittenCount == 0)
            return;
        await _stream.WriteAsync(_out.WrittenMemory, stop);
        await _stream.FlushAsync(stop);
        _out.ResetWrittenCount();
    }

    private static byte[] Unstuff(ReadOnlySpan<byte> content)
    {
        var plain = new ArrayBufferWriter<byte>(content.Length);
        while (true)
        {
            var dot = content.IndexOf("\r\n."u8);
            if (dot < 0)
            {
                plain.Write(content);
                return plain.WrittenSpan.ToArray();
            }

            plain.Write(content[..(dot + 2)]);
            content = content[(dot + 3)..];
        }
    }

    private async ValueTask<bool> FillAsync(CancellationToken stop)
    {
        if (_start == _end)
        {
            (_start, _end) = (0, 0);
        }
        else if (_end == _in.Length)
        {
            if (_start == 0)
                throw new IOException("A line longer than the buffer.");
            _in.AsSpan(_start, _end - _start).CopyTo(_in);
            (_start, _end) = (0, _end - _start);
        }

        var count = await _stream.ReadAsync(_in.AsMemory(_end), stop);
        _end += count;
        return count > 0;
    }
}
