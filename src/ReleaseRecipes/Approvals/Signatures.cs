using System.Collections.Concurrent;
using System.Globalization;
using ReleaseRecipes.Git;
using ReleaseRecipes.Programs;

namespace ReleaseRecipes.Approvals;

/// <summary>Signs and verifies approvals with the keys that git signs commits with: SSH (<c>gpg.format=ssh</c>) or OpenPGP.</summary>
public sealed class Signatures(GitRepository git)
{
    /// <summary>Keeps a signature under anything else, such as a commit, from being taken for an approval.</summary>
    const string Namespace = "release-recipes-approval";
    const string SshArmor = "-----BEGIN SSH SIGNATURE-----";

    // An audit asks for the same signature under every event that stands on it, and each answer costs three processes.
    readonly ConcurrentDictionary<(string, string, DateTimeOffset, AllowedSigners), Task<SignatureCheck>> verified = new();

    /// <summary>Signs a text with the key in git's <c>user.signingKey</c>.</summary>
    /// <exception cref="ReleaseException">There is no key, or it could not be used.</exception>
    public async Task<string> SignAsync(string text, CancellationToken cancel = default)
    {
        var key = await ConfigAsync("--type=path", "user.signingKey", cancel);
        var ssh = await ConfigAsync("--type=path", "gpg.format", cancel) == "ssh";
        if (key is null)
        {
            throw new ReleaseException(
                "This approval must be signed, but git has no signing key.",
                todo: "Set one: git config --global gpg.format ssh && git config --global user.signingKey ~/.ssh/id_ed25519.pub"
            );
        }

        using var folder = new ScratchFolder();
        var call = ssh
            ? new ProgramCall(
                await ProgramAsync("gpg.ssh.program", "ssh-keygen", cancel),
                "-Y",
                "sign",
                "-n",
                Namespace,
                "-f",
                KeyFile(folder, key)
            )
            : new ProgramCall(await ProgramAsync("gpg.program", "gpg", cancel), "--batch", "--local-user", key, "--armor", "--detach-sign");
        var result = await ProgramRunner.RunAsync(call with { Input = text, WorkingDirectory = git.Root }, cancel);
        return result.Succeeded && result.Output.Contains("-----BEGIN ", StringComparison.Ordinal)
            ? result.Output
            : throw new ReleaseException(
                $"The approval could not be signed: {result.Error.Trim()}",
                $"{call.FileName} with the key {key}.",
                "Check the key: git config user.signingKey"
            );
    }

    /// <summary>Whose signature it is. An unknown key, another text and a broken signature are answers, not errors.</summary>
    /// <param name="text">What is said to have been signed.</param>
    /// <param name="signature">The armoured signature.</param>
    /// <param name="at">When; keys may be allowed for a time only.</param>
    /// <param name="allowed">Whose signatures count.</param>
    /// <param name="cancel">Gives up.</param>
    public Task<SignatureCheck> VerifyAsync(
        string text,
        string signature,
        DateTimeOffset at,
        AllowedSigners allowed,
        CancellationToken cancel = default
    ) => verified.GetOrAdd((text, signature, at, allowed), _ => VerifyOnceAsync(text, signature, at, allowed, cancel));

    async Task<SignatureCheck> VerifyOnceAsync(
        string text,
        string signature,
        DateTimeOffset at,
        AllowedSigners allowed,
        CancellationToken cancel
    )
    {
        using var folder = new ScratchFolder();
        var file = folder.Write("approval.sig", signature);
        return signature.StartsWith(SshArmor, StringComparison.Ordinal)
            ? await VerifySshAsync(text, file, at, allowed, folder.Write("allowed_signers", allowed.Ssh), cancel)
            : await VerifyOpenPgpAsync(text, file, at, allowed, cancel);
    }

    async Task<SignatureCheck> VerifySshAsync(
        string text,
        string signature,
        DateTimeOffset at,
        AllowedSigners allowed,
        string signers,
        CancellationToken cancel
    )
    {
        var program = await ProgramAsync("gpg.ssh.program", "ssh-keygen", cancel);
        var time = $"-Overify-time={at.UtcDateTime.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture)}Z";
        var found = await ProgramRunner.RunAsync(
            new ProgramCall(program, "-Y", "find-principals", "-s", signature, "-f", signers, time),
            cancel
        );
        var principals = found.Output.Split(['\n', ','], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (!found.Succeeded || principals.Length == 0)
        {
            return SignatureCheck.Bad(allowed.Unknown);
        }

        // The first name of the line stands for the person; a pattern names nobody.
        var person = principals[0];
        if (person.AsSpan().IndexOfAny('*', '?', '!') >= 0)
        {
            return SignatureCheck.Bad($"the allowed signers name a pattern ({person}), not a person");
        }

        string[] verify = ["-Y", "verify", "-n", Namespace, "-s", signature, "-f", signers, "-I", person, time];
        var good = await ProgramRunner.RunAsync(new ProgramCall(program, verify) { Input = text }, cancel);
        return good.Succeeded ? new SignatureCheck(person, null)
            : allowed.Ssh.Contains("namespaces=", StringComparison.Ordinal)
                ? SignatureCheck.Bad($"its signature is not for this approval, or {person}'s line has namespaces without {Namespace}")
            : SignatureCheck.Bad("its signature is not for this approval");
    }

    async Task<SignatureCheck> VerifyOpenPgpAsync(
        string text,
        string signature,
        DateTimeOffset at,
        AllowedSigners allowed,
        CancellationToken cancel
    )
    {
        var program = await ProgramAsync("gpg.program", "gpg", cancel);
        // As of then: a key that ran out since was good when it signed. A little later, for signing takes its time.
        var time = (at + TimeSpan.FromMinutes(5)).UtcDateTime.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);
        string[] verify = ["--batch", "--faked-system-time", time + "!", "--status-fd", "1", "--verify", signature, "-"];
        var result = await ProgramRunner.RunAsync(new ProgramCall(program, verify) { Input = text }, cancel);
        var said = result
            .Output.Split('\n')
            .Select(line => line.TrimEnd('\r').Split(' '))
            .Where(parts => parts is ["[GNUPG:]", _, ..])
            .ToList();
        string[]? Find(string word) => said.Find(parts => parts[1] == word);
        // VALIDSIG <fingerprint of the key> … <fingerprint of the primary key>. A key that was revoked or ran out has no GOODSIG.
        if (!result.Succeeded || Find("GOODSIG") is null || Find("VALIDSIG") is not { Length: > 2 } valid)
        {
            return SignatureCheck.Bad(
                Find("NO_PUBKEY") is not null ? "its public key is not in the keyring (gpg --import)"
                : Find("REVKEYSIG") is not null ? "its key was revoked"
                : Find("EXPKEYSIG") is not null || Find("EXPSIG") is not null ? "its key or its signature ran out"
                : "its signature is not for this approval"
            );
        }

        var owner = allowed.OwnerOf(valid[^1]) ?? allowed.OwnerOf(valid[2]);
        return owner is null ? SignatureCheck.Bad(allowed.Unknown) : new SignatureCheck(owner, null);
    }

    /// <summary>git allows the public key itself instead of a file; the agent has the private one then.</summary>
    static string KeyFile(ScratchFolder folder, string key) =>
        key.StartsWith("key::", StringComparison.Ordinal) ? folder.Write("key.pub", key["key::".Length..] + "\n")
        : key.StartsWith("ssh-", StringComparison.Ordinal) ? folder.Write("key.pub", key + "\n")
        : key;

    async Task<string> ProgramAsync(string setting, string otherwise, CancellationToken cancel) =>
        await ConfigAsync("--type=path", setting, cancel) ?? otherwise;

    async Task<string?> ConfigAsync(string type, string name, CancellationToken cancel)
    {
        var result = await git.TryAsync(["config", type, "--get", name], cancel: cancel);
        return result.Succeeded && result.Output.TrimEnd('\n') is { Length: > 0 } value ? value : null;
    }
}
