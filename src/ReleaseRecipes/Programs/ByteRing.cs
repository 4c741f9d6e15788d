namespace ReleaseRecipes.Programs;

/// <summary>The last bytes of a stream of any length.</summary>
sealed class ByteRing(int capacity)
{
    readonly byte[] bytes = new byte[capacity];

    /// <summary>How many bytes were ever appended.</summary>
    public long Total { get; private set; }

    public void Append(ReadOnlySpan<byte> more)
    {
        var kept = more.Length > capacity ? more[^capacity..] : more;
        var at = (int)((Total + more.Length - kept.Length) % capacity);
        var untilEnd = Math.Min(kept.Length, capacity - at);
        kept[..untilEnd].CopyTo(bytes.AsSpan(at));
        kept[untilEnd..].CopyTo(bytes);
        Total += more.Length;
    }

    /// <summary>The last bytes in their order, at most as many as asked for and as there are.</summary>
    public byte[] Last(long count)
    {
        var length = (int)Math.Min(Math.Min(count, capacity), Total);
        var last = new byte[length];
        var from = (int)((Total - length) % capacity);
        var untilEnd = Math.Min(length, capacity - from);
        bytes.AsSpan(from, untilEnd).CopyTo(last);
        bytes.AsSpan(0, length - untilEnd).CopyTo(last.AsSpan(untilEnd));
        return last;
    }
}
