namespace ReleaseRecipes.Changelog;

/// <summary>Holds the lines of a whole history as bytes, without an object for each.</summary>
sealed class EntryArena
{
    const int ChunkSize = 1 << 20;

    readonly List<byte[]> chunks = [];
    int used = ChunkSize;

    /// <summary>Room for the next line; <see cref="Keep"/> says how much of it was used.</summary>
    public Span<byte> Room(int length)
    {
        if (ChunkSize - used < length)
        {
            chunks.Add(new byte[Math.Max(ChunkSize, length)]);
            used = 0;
        }

        return chunks[^1].AsSpan(used);
    }

    /// <summary>Keeps the first bytes of the room.</summary>
    public Slice Keep(int length)
    {
        var slice = new Slice(chunks.Count - 1, used, length);
        used = chunks[^1].Length > ChunkSize ? ChunkSize : used + length;
        return slice;
    }

    /// <summary>A line that was kept.</summary>
    public ReadOnlySpan<byte> this[Slice slice] => chunks[slice.Chunk].AsSpan(slice.Start, slice.Length);

    /// <summary>Where a line is kept.</summary>
    public readonly record struct Slice(int Chunk, int Start, int Length);
}
