#load "nuget:?package=ReleaseRecipes"

Task("Greet").Does(() => Information("The script was here first."));

// A step of its own between the tag and the environments: every release runs it, and it stops the release when it fails.
Task("Announce")
    .IsDependentOn("Tag")
    .IsDependeeOf("DeployStaging")
    .Does(() => System.IO.File.WriteAllText("announced.txt", "A new version is on its way."));

RunRelease();
