namespace ReleaseRecipes.Changelog;

/// <summary>Turns the addresses that git knows (<c>git@host:path.git</c>, <c>ssh://</c>, <c>https://user:token@host</c>) into those of a browser.</summary>
static class WebAddress
{
    /// <summary>The page's address without user, password and <c>.git</c>. Null: the address names no host.</summary>
    public static Uri? Of(string address)
    {
        var text = address.Trim();
        var colon = text.IndexOf(':');
        if (colon > 0 && !text.Contains("://", StringComparison.Ordinal) && !text[..colon].Contains('/', StringComparison.Ordinal))
        {
            text = $"ssh://{text[..colon]}/{text[(colon + 1)..].TrimStart('/')}";
        }

        if (
            !Uri.TryCreate(text, UriKind.Absolute, out var url)
            || url.Scheme is not ("https" or "http" or "ssh" or "git")
            || url.Host.Length < 2
        )
        {
            return null;
        }

        var path = url.AbsolutePath.TrimEnd('/');
        path = path.EndsWith(".git", StringComparison.Ordinal) ? path[..^4] : path;
        if (url.Host == "ssh.dev.azure.com" && path.Split('/') is ["", "v3", var organisation, var project, var repository])
        {
            return new Uri($"https://dev.azure.com/{organisation}/{project}/_git/{repository}");
        }

        var port = url.Scheme is "http" or "https" && !url.IsDefaultPort ? $":{url.Port}" : "";
        return new Uri($"{(url.Scheme == "http" ? "http" : "https")}://{url.Host}{port}{path}");
    }
}
