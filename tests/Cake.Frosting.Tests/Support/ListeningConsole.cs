using System.Globalization;
using System.Text;
using Cake.Core;

namespace Cake.Frosting.Tests.Support;

sealed class ListeningConsole(StringBuilder said) : IConsole
{
    public ConsoleColor ForegroundColor { get; set; }

    public ConsoleColor BackgroundColor { get; set; }

    public bool SupportAnsiEscapeCodes => false;

    public void Write(string format, params object[] arg) => said.AppendFormat(CultureInfo.InvariantCulture, format, arg);

    public void WriteLine(string format, params object[] arg) => said.AppendLine(string.Format(CultureInfo.InvariantCulture, format, arg));

    public void WriteError(string format, params object[] arg) => Write(format, arg);

    public void WriteErrorLine(string format, params object[] arg) => WriteLine(format, arg);

    public void ResetColor() { }
}
