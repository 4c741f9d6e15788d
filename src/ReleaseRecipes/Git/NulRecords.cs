namespace ReleaseRecipes.Git;

/// <summary>
/// Reads records of a fixed number of NUL-ended fields from a stream as it comes. The only separator is one that no field can
/// hold, so nothing in a commit can pass for the next one. Memory: one buffer as long as the longest record.
/// </summary>
/// <param name="stream">What git writes.</param>
/// <param name="fields">How many fields make a record.</param>
public sealed class NulRecords(Stream stream, int fields)
{
    readonly int[] ends = new int[fields];
    byte[] buffer = new byte[1 << 17];
    int start;
    int filled;
    int next;

    /// <summary>Moves to the next record. False: the stream ended; an unfinished record at its end is dropped.</summary>
    public bool Read()
    {
        start = next;
        var from = start;
        for (var field = 0; field < fields; field++)
        {
            int length;
            var searched = 0;
            while ((length = buffer.AsSpan(from + searched, filled - from - searched).IndexOf((byte)0)) < 0)
            {
                searched = filled - from;
                var moved = start;
                if (!Fill())
                {
                    return false;
                }

                if (moved != start)
                {
                    from -= moved - start;
                    for (var done = 0; done < field; done++)
                    {
                        ends[done] -= moved - start;
                    }
                }
            }

            ends[field] = from + searched + length;
            from = ends[field] + 1;
        }

        next = from;
        return true;
    }

    /// <summary>One field of the record, valid until the next <see cref="Read"/>.</summary>
    public ReadOnlySpan<byte> this[int field]
    {
        get
        {
            var from = field == 0 ? start : ends[field - 1] + 1;
            return buffer.AsSpan(from, ends[field] - from);
        }
    }

    bool Fill()
    {
        if (filled == buffer.Length)
        {
            if (start > 0)
            {
                Buffer.BlockCopy(buffer, start, buffer, 0, filled - start);
                filled -= start;
                start = 0;
            }
            else
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }
        }

        var read = stream.Read(buffer, filled, buffer.Length - filled);
        filled += read;
        return read > 0;
    }
}
