using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using ReleaseRecipes.Deployment.Local.Protocol;

namespace ReleaseRecipes.Local.Control;

/// <summary>Lets in only who holds the environment's token, and nothing that a web page could send.</summary>
sealed class Door(EnvironmentFolder folder)
{
    readonly byte[] expected = Hash("Bearer " + TokenOf(folder));

    /// <summary>Null: come in; else the status to answer.</summary>
    public int? Refusal(HttpRequest request) =>
        request.Host.Host is not ("127.0.0.1" or "localhost") || request.Headers.Origin.Count > 0 ? StatusCodes.Status421MisdirectedRequest
        : CryptographicOperations.FixedTimeEquals(Hash(request.Headers.Authorization.ToString()), expected) ? null
        : StatusCodes.Status401Unauthorized;

    /// <summary>The token, made by whoever needs it first.</summary>
    static string TokenOf(EnvironmentFolder folder)
    {
        if (WholeFile.Read(folder.Token) is not { Length: >= 32 })
        {
            WholeFile.Write(folder.Token, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)));
        }

        return WholeFile.Read(folder.Token)!;
    }

    static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
