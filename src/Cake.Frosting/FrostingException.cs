namespace Cake.Frosting;

/// <summary>The build is put together wrongly; the message says what does not fit.</summary>
public sealed class FrostingException : Exception
{
    public FrostingException(string message)
        : base(message) { }

    public FrostingException(string message, Exception innerException)
        : base(message, innerException) { }
}
