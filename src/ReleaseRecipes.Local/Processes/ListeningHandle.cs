using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ReleaseRecipes.Local.Processes;

/// <summary>
/// The listening socket of an environment. Watchdog and gateway both hold it and hand it to each other: while one of them lives, users'
/// connections wait in its queue rather than being refused.
/// </summary>
sealed class ListeningHandle
{
    static readonly Lock Spawning = new();

    ListeningHandle(int number, int port) => (Number, Port) = (number, port);

    public int Number { get; }

    public int Port { get; }

    /// <summary>Whether a socket can be handed from one process to the next here; elsewhere the gateway binds the port itself.</summary>
    public static bool CanBeHandedOn => OperatingSystem.IsLinux();

    /// <summary>Takes a port of 127.0.0.1; a free one for 0.</summary>
    /// <exception cref="ReleaseException">Another program has the port.</exception>
    public static ListeningHandle Take(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            socket.Listen(Backlog);
        }
        catch (SocketException problem)
        {
            socket.Dispose();
            throw new ReleaseException(
                $"The gateway cannot listen on 127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}: {problem.Message}.",
                todo: "Stop the program that has the port, or name another one in the strategy file under local: { port: … }.",
                inner: problem
            );
        }

        var taken = ((IPEndPoint)socket.LocalEndPoint!).Port;
        if (CanBeHandedOn)
        {
            return new ListeningHandle(Unix.Private((int)socket.Handle), taken);
        }

        socket.Dispose();
        return new ListeningHandle(-1, taken);
    }

    /// <summary>The socket that the process which started this one handed on.</summary>
    public static ListeningHandle Inherited(int number)
    {
        // Its own programs must not inherit it: an instance that outlives the gateway would keep the port.
        var own = Unix.Private(number);
        Unix.Close(number);
        using var view = new Socket(new SafeSocketHandle(Unix.Private(own), ownsHandle: true));
        return new ListeningHandle(own, ((IPEndPoint)view.LocalEndPoint!).Port);
    }

    /// <summary>A copy for the server, which closes it when it stops.</summary>
    public ulong Copy() => (ulong)Unix.Private(Number);

    /// <summary>Starts a program that gets the socket; the number under which it does is given to <paramref name="start"/>.</summary>
    public T HandOn<T>(Func<int, T> start)
    {
        if (Number < 0)
        {
            return Alone(() => start(-1));
        }

        return Alone(() =>
        {
            var copy = Unix.Inheritable(Number);
            try
            {
                return start(copy);
            }
            finally
            {
                Unix.Close(copy);
            }
        });
    }

    /// <summary>Starts a program while no other start is under way, so that it inherits nothing meant for another.</summary>
    public static T Alone<T>(Func<T> start)
    {
        lock (Spawning)
        {
            return start();
        }
    }

    const int Backlog = 4096;
}
