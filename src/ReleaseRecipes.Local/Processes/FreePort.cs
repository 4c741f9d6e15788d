using System.Net;
using System.Net.Sockets;

namespace ReleaseRecipes.Local.Processes;

/// <summary>Finds ports rather than assuming them.</summary>
static class FreePort
{
    static readonly Queue<int> Given = new();

    /// <summary>A port of the loopback that nothing listens on, and that was not given out a moment ago.</summary>
    public static int Find()
    {
        lock (Given)
        {
            while (true)
            {
                using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
                var port = ((IPEndPoint)socket.LocalEndPoint!).Port;
                if (Given.Contains(port))
                {
                    continue;
                }

                Given.Enqueue(port);
                if (Given.Count > 64)
                {
                    Given.Dequeue();
                }

                return port;
            }
        }
    }
}
