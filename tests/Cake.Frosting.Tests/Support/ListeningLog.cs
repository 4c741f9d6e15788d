using System.Globalization;
using System.Text;
using Cake.Core.Diagnostics;

namespace Cake.Frosting.Tests.Support;

sealed class ListeningLog(StringBuilder said) : ICakeLog
{
    public Verbosity Verbosity { get; set; }

    public void Write(Verbosity verbosity, LogLevel level, string format, params object[] args) =>
        said.AppendLine(CultureInfo.InvariantCulture, $"{level}: {string.Format(CultureInfo.InvariantCulture, format, args)}");
}
