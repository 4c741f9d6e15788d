using ReleaseRecipes.Packaging;
using ReleaseRecipes.Tests.Support;

namespace ReleaseRecipes.Tests.Packaging;

public sealed class ArtifactStoreTests : IDisposable
{
    readonly TemporaryFolder work = new();
    readonly TemporaryFolder git = new();

    public void Dispose()
    {
        work.Dispose();
        git.Dispose();
    }

    [Test]
    public async Task What_is_kept_is_found_again_with_its_paths()
    {
        work.Write("dist/a.txt", "a");
        work.Write("dist/deep/b.txt", "b");

        var kept = await new ArtifactStore(git.Path).KeepAsync(work.Path, ["dist/a.txt", "dist/deep/b.txt"], CancellationToken.None);
        var found = await new ArtifactStore(git.Path).FindAsync(kept.Digest, kept.Files, CancellationToken.None);

        Assert.That(found!.Root, Is.EqualTo(kept.Root));
        Assert.That(File.ReadAllText(Path.Combine(found.Root, "dist/deep/b.txt")), Is.EqualTo("b"));
    }

    [Test]
    public async Task A_file_that_was_changed_after_it_was_kept_is_no_evidence()
    {
        work.Write("a.txt", "a");
        var kept = await new ArtifactStore(git.Path).KeepAsync(work.Path, ["a.txt"], CancellationToken.None);
        File.WriteAllText(Path.Combine(kept.Root, "a.txt"), "changed");

        Assert.That(await new ArtifactStore(git.Path).FindAsync(kept.Digest, kept.Files, CancellationToken.None), Is.Null);
    }

    [TestCase("a.txt", Description = "a link to a file")]
    [TestCase("dist/secret", Description = "a file in a folder that is a link")]
    [TestCase("twice/secret", Description = "a file in a folder that is a link to a link")]
    public async Task A_link_that_leaves_the_repository_is_refused(string file)
    {
        var secret = git.Write("secret", "s");
        File.CreateSymbolicLink(work["a.txt"], secret);
        Directory.CreateSymbolicLink(work["dist"], git.Path);
        Directory.CreateSymbolicLink(work["twice"], "dist");

        var problem = await Assert.ThrowsAsync<ReleaseException>(() =>
            new ArtifactStore(git.Path).KeepAsync(work.Path, [file], CancellationToken.None)
        );

        Assert.That(problem!.Message, Does.Contain("leads out of the repository"));
        Assert.That(Directory.EnumerateFileSystemEntries(Path.Combine(git.Path, "release-recipes", "packages")), Is.Empty);
    }

    [Test]
    public async Task The_digest_says_which_content_is_at_which_path()
    {
        work.Write("a", "1");
        work.Write("b", "2");
        var one = await new ArtifactStore(git.Path).KeepAsync(work.Path, ["a", "b"], CancellationToken.None);
        work.Write("a", "2");
        work.Write("b", "1");

        var other = await new ArtifactStore(git.Path).KeepAsync(work.Path, ["a", "b"], CancellationToken.None);

        Assert.That(other.Digest, Is.Not.EqualTo(one.Digest));
    }

    [Test]
    public async Task A_package_that_was_changed_is_kept_anew()
    {
        work.Write("a.txt", "a");
        var store = new ArtifactStore(git.Path);
        var first = await store.KeepAsync(work.Path, ["a.txt"], CancellationToken.None);
        File.WriteAllText(Path.Combine(first.Root, "a.txt"), "changed");

        var again = await store.KeepAsync(work.Path, ["a.txt"], CancellationToken.None);

        Assert.That(again.Digest, Is.EqualTo(first.Digest));
        Assert.That(File.ReadAllText(Path.Combine(again.Root, "a.txt")), Is.EqualTo("a"));
    }
}
