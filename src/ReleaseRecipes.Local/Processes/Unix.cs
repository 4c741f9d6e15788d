using System.Runtime.InteropServices;

namespace ReleaseRecipes.Local.Processes;

/// <summary>The few calls of the system that .NET does not offer.</summary>
static partial class Unix
{
    public const int Terminate = 15;
    public const int Kill = 9;
    const int GetDescriptorFlags = 1;
    const int CloseOnExec = 1;
    const int DuplicateCloseOnExec = 1030;

    /// <summary>Signals a process, or a whole group where the number is negative. False: there is none.</summary>
    public static bool Signal(int process, int signal) => SendSignal(process, signal) == 0;

    /// <summary>Makes this process the leader of a session of its own, which the end of the caller's terminal does not touch.</summary>
    public static void OwnSession() => _ = NewSession();

    /// <summary>A copy of a descriptor that started programs inherit.</summary>
    public static int Inheritable(int descriptor) => Duplicate(descriptor);

    /// <summary>A copy of a descriptor that no started program inherits. Linux only.</summary>
    public static int Private(int descriptor) => Control(descriptor, DuplicateCloseOnExec, 3);

    public static void Close(int descriptor) => _ = CloseDescriptor(descriptor);

    /// <summary>Whether a started program would inherit the descriptor; so only those that this one inherited itself.</summary>
    public static bool IsInherited(int descriptor) =>
        Control(descriptor, GetDescriptorFlags, 0) is >= 0 and var flags && (flags & CloseOnExec) == 0;

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int SendSignal(int process, int signal);

    [LibraryImport("libc", EntryPoint = "setsid")]
    private static partial int NewSession();

    [LibraryImport("libc", EntryPoint = "dup")]
    private static partial int Duplicate(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int CloseDescriptor(int descriptor);

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Control(int descriptor, int command, int argument);
}
