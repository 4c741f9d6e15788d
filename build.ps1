# Runs this repository's build project: builds it when something it is made of changed, starts it otherwise.
# The twin of build.sh, which says more; arguments and exit codes pass unchanged, relative paths start at this folder.
$ErrorActionPreference = 'Stop'
$PSNativeCommandArgumentPassing = 'Standard'
$root = $PSScriptRoot
# PowerShell reads --approve=a,b as a list of two.
$arguments = @($args | ForEach-Object { $_ -join ',' })
$skip = 'bin', 'obj', 'node_modules', '.git'
$getIt = 'install it from https://dotnet.microsoft.com/download/dotnet/10.0 and run this again.'

function Stop-With([string] $sentence) {
    [Console]::Error.WriteLine($sentence)
    exit 1
}

function Get-Files([string] $path) {
    if (Test-Path -LiteralPath $path -PathType Leaf) { return $path }
    if (-not (Test-Path -LiteralPath $path)) { return }
    foreach ($entry in Get-ChildItem -LiteralPath $path -Force) {
        if (-not $entry.PSIsContainer) { $entry.FullName }
        elseif ($skip -notcontains $entry.Name) { Get-Files $entry.FullName }
    }
}

function Get-Fingerprint {
    $names = @(foreach ($line in [IO.File]::ReadAllLines("$cache/inputs")) {
        if ($line.StartsWith('above:')) {
            $folder = $line.Substring(6)
            Get-ChildItem -LiteralPath $folder -File -Force |
                Where-Object { $_.Name -match '\.(props|targets|rsp)$|^(nuget\.config|global\.json|\.editorconfig|\.globalconfig)$' } |
                ForEach-Object { $_.FullName }
        }
        else { Get-Files $line }
    }) | Sort-Object -Unique -Culture ''
    $sha = [Security.Cryptography.SHA256]::Create()
    $text = @($names | ForEach-Object { $_; [BitConverter]::ToString($sha.ComputeHash([IO.File]::ReadAllBytes($_))) })
    $sdks = Split-Path (Get-Item -LiteralPath $dotnet).FullName
    $target = (Get-Item -LiteralPath $dotnet).Target
    if ($target) { $sdks = Split-Path ([IO.Path]::GetFullPath([IO.Path]::Combine($sdks, @($target)[0]))) }
    if (Test-Path "$sdks/sdk") { $text += Get-ChildItem "$sdks/sdk", "$sdks/shared/Microsoft.NETCore.App" | ForEach-Object { $_.Name } }
    else { $text += & $dotnet --version }
    $hash = $sha.ComputeHash([Text.Encoding]::UTF8.GetBytes($text -join "`n"))
    [BitConverter]::ToString($hash).Replace('-', '').ToLowerInvariant().Substring(0, 40)
}

# Runs the program that was built from exactly what is here now, if there is one, and ends with its exit code.
function Start-Built {
    if (-not (Test-Path -LiteralPath "$cache/inputs")) { return }
    $built = "$cache/$(Get-Fingerprint)"
    if (-not (Test-Path -LiteralPath "$built/entry")) { return }
    if ($script:lock) { $script:lock.Dispose() }
    $entry = [IO.File]::ReadAllLines("$built/entry")[0]
    # Outside Windows, PowerShell takes * in an argument for file names, but only where its own location is a folder.
    Set-Location Env:
    & $dotnet "$built/$entry" @arguments
    exit $LASTEXITCODE
}

# What a project file imports from this repository by a literal path, and what that imports.
function Get-Imports([string[]] $files) {
    foreach ($file in $files) {
        if (-not (Test-Path -LiteralPath $file -PathType Leaf)) { continue }
        foreach ($match in [regex]::Matches([IO.File]::ReadAllText($file), '<Import [^>]*Project="([^"]*)"')) {
            $path = $match.Groups[1].Value.Replace('$(MSBuildThisFileDirectory)', '')
            if ($path.Contains('$(')) { continue }
            $path = [IO.Path]::GetFullPath([IO.Path]::Combine((Split-Path $file), $path))
            $path
            Get-Imports @($path)
        }
    }
}

function Get-Inputs {
    $lines = @(Get-ChildItem "$work/inputs" | ForEach-Object { [IO.File]::ReadAllLines($_.FullName) })
    $folders = @($lines | Where-Object { $_.StartsWith('folder:') } | ForEach-Object { $_.Substring(7) } | Sort-Object -Unique)
    $inside = $root + [IO.Path]::DirectorySeparatorChar
    @(
        "$root/build.ps1"
        foreach ($folder in $folders) {
            $folder
            Get-Imports @(Get-ChildItem -LiteralPath $folder -File | Where-Object { $_.Name -match 'proj$|^Directory\.' } | ForEach-Object { $_.FullName })
            for ($above = Split-Path $folder; $above -and ("$above$([IO.Path]::DirectorySeparatorChar)").StartsWith($inside); $above = Split-Path $above) {
                "above:$above"
                Get-Imports @(Get-ChildItem -LiteralPath $above -File -Filter 'Directory.*' | ForEach-Object { $_.FullName })
            }
        }
        $lines | Where-Object { $_.StartsWith($inside) -and -not $_.StartsWith($cache) -and $_ -notmatch '[\\/]obj[\\/]' }
    ) | Sort-Object -Unique
}

$recordTargets = @'
<Project>
  <Target Name="RecordBuildInputs" BeforeTargets="CoreCompile">
    <ItemGroup>
      <BuildInput Include="@(Compile->'%(FullPath)');@(EmbeddedResource->'%(FullPath)');@(AdditionalFiles->'%(FullPath)');@(Content->'%(FullPath)');@(None->'%(FullPath)')" />
    </ItemGroup>
    <WriteLinesToFile File="$(BuildInputs)$([MSBuild]::StableStringHash($(MSBuildProjectFullPath)))" Lines="folder:$(MSBuildProjectDirectory);@(BuildInput)" Overwrite="true" />
    <WriteLinesToFile File="$(BuildInputs)../entry" Lines="$(TargetFileName)" Overwrite="true" Condition="'$(MSBuildProjectFullPath)' == '$(BuildEntry)'" />
  </Target>
</Project>
'@

function Publish-Build([string] $ready) {
    $ErrorActionPreference = 'Continue'
    & $dotnet publish $project --output "$work/out" --artifacts-path "$work/artifacts" --configuration Release `
        --use-current-runtime --self-contained false -nodeReuse:false --nologo --verbosity quiet -consoleLoggerParameters:NoSummary `
        -p:UseSharedCompilation=false -p:RunAnalyzers=false -p:NuGetAudit=false -p:TieredPGO=false `
        -p:DisableTransitiveFrameworkReferenceDownloads=true "-p:PublishReadyToRun=$ready" `
        "-p:CustomAfterMicrosoftCommonTargets=$work/record.targets" "-p:BuildInputs=$work/inputs/" "-p:BuildEntry=$project" *> "$work/log"
    $LASTEXITCODE -eq 0
}

function Build {
    $script:project = (Get-ChildItem "$root/build/*.csproj" -ErrorAction SilentlyContinue | Select-Object -First 1).FullName
    if (-not $project) { Stop-With 'There is no build project: build/Build.csproj is missing.' }
    New-Item -ItemType Directory -Force $cache | Out-Null
    while (-not $script:lock) {
        # The lock ends with this process, however it ends.
        try { $script:lock = [IO.File]::Open("$cache/lock", 'OpenOrCreate', 'ReadWrite', 'None') }
        catch [IO.IOException] { Start-Sleep -Milliseconds 200 }
    }
    Start-Built
    [Console]::Error.WriteLine('Building the build project (first run or changed)...')
    $sdk = & { $ErrorActionPreference = 'Continue'; & $dotnet --version 2>$null }
    if ($LASTEXITCODE -ne 0) { Stop-With "The .NET SDK that global.json asks for is missing: $getIt" }
    if ([int] "$sdk".Split('.')[0] -lt 10) { Stop-With "The .NET SDK 10 is needed, and the newest here is ${sdk}: $getIt" }
    # A program that is built for one job of a CI server starts too seldom to earn the time that compiling it ahead of time takes.
    $ahead = if ($env:BUILD_AHEAD_OF_TIME) { $env:BUILD_AHEAD_OF_TIME } elseif ($env:CI) { 'false' } else { 'true' }
    # What a killed builder had begun is not trusted, and its compiler may still be at it.
    $script:work = if (Test-Path (Join-Path "$cache/work" "unfinished")) { "$cache/work.$PID" } else { "$cache/work" }
    foreach ($attempt in 1..3) {
        Remove-Item -Recurse -Force "$work/inputs", "$work/out" -ErrorAction SilentlyContinue
        New-Item -ItemType Directory -Force "$work/inputs" | Out-Null
        [IO.File]::WriteAllText("$work/record.targets", $recordTargets)
        [IO.File]::WriteAllText("$work/unfinished", '')
        $began = (Get-Item "$work/unfinished").LastWriteTimeUtc
        if (-not (Publish-Build $ahead) -and -not ((Select-String -Quiet -Path "$work/log" -Pattern crossgen) -and (Publish-Build 'false'))) {
            Remove-Item "$work/unfinished"
            [IO.File]::ReadAllLines("$work/log") | Select-Object -First 20 | ForEach-Object { [Console]::Error.WriteLine($_) }
            Stop-With 'The build project does not build: see above.'
        }
        [IO.File]::WriteAllLines("$cache/inputs", [string[]] (Get-Inputs))
        $changed = [IO.File]::ReadAllLines("$cache/inputs") | Where-Object { -not $_.StartsWith('above:') } | ForEach-Object { Get-Files $_ } |
            Where-Object { (Get-Item -LiteralPath $_ -Force).LastWriteTimeUtc -gt $began }
        if (-not $changed) { break }
    }
    Move-Item "$work/entry" "$work/out/entry" -Force
    $built = "$cache/$(Get-Fingerprint)"
    if (-not (Test-Path $built)) { Move-Item "$work/out" $built }
    Remove-Item "$work/unfinished"
    # Windows refuses to delete a program that runs, which is what keeps it.
    Get-ChildItem "$cache/*/entry" | Sort-Object LastWriteTime -Descending | Select-Object -Skip 5 |
        Where-Object { $_.LastWriteTime -lt (Get-Date).AddDays(-7) } |
        ForEach-Object { Remove-Item -Recurse -Force $_.DirectoryName -ErrorAction SilentlyContinue }
}

Push-Location -LiteralPath $root
try {
    if (-not (Get-Command git -ErrorAction SilentlyContinue)) { Stop-With 'git is missing: install it and run this again.' }
    $dotnet = (Get-Command dotnet -CommandType Application -ErrorAction SilentlyContinue | Select-Object -First 1).Source
    if (-not $dotnet) { Stop-With "The .NET SDK 10 is missing: $getIt" }
    $gitDirectory = if (Test-Path -PathType Container .git) { "$root/.git" } else { & git rev-parse --absolute-git-dir 2>$null }
    $cache = if ($gitDirectory) { "$gitDirectory/release-recipes/build" } else { "$root/build/obj/release-recipes" }
    $cache = [IO.Path]::GetFullPath($cache)
    Start-Built
    Build
    Start-Built
    Stop-With 'The build project changed while it was being built: run this again.'
}
finally {
    Pop-Location
}
