using System.Buffers.Binary;

namespace ReleaseRecipes.Changelog;

/// <summary>Numbers commits by their hashes: 24 bytes a commit, no object for any.</summary>
sealed class HashTable
{
    Key[] keys = new Key[1 << 12];
    int[] slots = new int[1 << 13];

    /// <summary>How many hashes have a number.</summary>
    public int Count { get; private set; }

    /// <summary>The number of a hash, given in hexadecimal digits; the next one where it has none yet.</summary>
    public int NumberOf(ReadOnlySpan<byte> hex)
    {
        var key = Key.Of(hex);
        for (var slot = key.Slot(slots.Length); ; slot = (slot + 1) & (slots.Length - 1))
        {
            if (slots[slot] == 0)
            {
                return Add(key, slot);
            }

            if (keys[slots[slot] - 1] == key)
            {
                return slots[slot] - 1;
            }
        }
    }

    int Add(Key key, int slot)
    {
        if (Count == keys.Length)
        {
            Array.Resize(ref keys, keys.Length * 2);
        }

        keys[Count++] = key;
        slots[slot] = Count;
        if (Count * 2 > slots.Length)
        {
            Grow();
        }

        return Count - 1;
    }

    void Grow()
    {
        slots = new int[slots.Length * 2];
        for (var number = 0; number < Count; number++)
        {
            var slot = keys[number].Slot(slots.Length);
            while (slots[slot] != 0)
            {
                slot = (slot + 1) & (slots.Length - 1);
            }

            slots[slot] = number + 1;
        }
    }

    // The first 128 bits of a hash: git itself takes far fewer for unique.
    readonly record struct Key(ulong High, ulong Low)
    {
        public int Slot(int count) => (int)(High >> 32) & (count - 1);

        public static Key Of(ReadOnlySpan<byte> hex)
        {
            Span<byte> bytes = stackalloc byte[16];
            Convert.FromHexString(hex[..32], bytes, out _, out _);
            return new Key(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));
        }
    }
}
