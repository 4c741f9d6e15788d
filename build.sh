#!/usr/bin/env bash
# Runs this repository's build project: builds it when something it is made of changed, starts it otherwise.
# Every argument goes to the build unchanged, and its exit code comes back. Relative paths start at this folder.
set -euo pipefail
[[ $0 == */* ]] && cd "${0%/*}"
root=$PWD
arguments=("$@")

# Built programs live in the git directory: ignored by construction, and gone with the clone.
if [[ -d .git ]]; then cache=$root/.git/release-recipes/build
elif git_dir=$(git rev-parse --absolute-git-dir 2>/dev/null); then cache=$git_dir/release-recipes/build
else cache=$root/build/obj/release-recipes; fi

stop() {
  printf '%s\n' "$*" >&2
  exit 1
}

get_it="install it from https://dotnet.microsoft.com/download/dotnet/10.0 and run this again."
command -v git >/dev/null || stop "git is missing: install it and run this again."
dotnet=$(command -v dotnet) || for dotnet in "${DOTNET_ROOT:-}/dotnet" "${HOME:-}/.dotnet/dotnet" ''; do [[ -x $dotnet ]] && break; done
[[ -n $dotnet ]] || stop "The .NET SDK 10 is missing: $get_it"

# One hash over the names and contents of everything the build project is made of, and the SDKs at hand.
fingerprint() {
  local sdks=$dotnet line names trees=() above=()
  while IFS= read -r line; do
    if [[ $line == above:* ]]; then above+=("${line#above:}"); else trees+=("$line"); fi
  done <"$cache/inputs"
  names=$({
    find -L "${trees[@]}" \( -name bin -o -name obj -o -name node_modules -o -name .git \) -prune -o -type f -print
    find "${above[@]}" -maxdepth 1 -type f \( -name '*.props' -o -name '*.targets' -o -name '*.rsp' -o -iname nuget.config \
      -o -name global.json -o -name .editorconfig -o -name .globalconfig \)
  } 2>/dev/null | LC_ALL=C sort -u) || true
  [[ ! -L $sdks ]] || sdks=$(readlink -f "$sdks")
  sdks=${sdks%/*}
  {
    printf '%s\n' "$names" "$sdks"/sdk/* "$sdks"/shared/Microsoft.NETCore.App/*
    [[ -d $sdks/sdk ]] || "$dotnet" --version
    git hash-object --no-filters --stdin-paths <<<"$names" || true
  } 2>/dev/null | git hash-object --no-filters --stdin
}

# Becomes the program that was built from exactly what is here now, if there is one.
start() {
  local built entry
  [[ -f $cache/inputs ]] || return 0
  built=$cache/$(fingerprint)
  [[ -f $built/entry ]] || return 0
  read -r entry <"$built/entry"
  # Held for as long as the program or a child of it runs, so that no later build tidies it away.
  if command -v flock >/dev/null; then exec 8<"$built/entry" && flock --shared 8; fi
  exec 9>&- "$dotnet" "$built/$entry" ${arguments[@]+"${arguments[@]}"}
}

publish() {
  DOTNET_NOLOGO=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 DOTNET_CLI_UI_LANGUAGE=en "$dotnet" publish "$project" --output "$work/out" \
    --artifacts-path "$work/artifacts" --configuration Release --use-current-runtime --self-contained false -nodeReuse:false \
    --nologo --verbosity quiet -consoleLoggerParameters:NoSummary -p:UseSharedCompilation=false -p:RunAnalyzers=false \
    -p:NuGetAudit=false -p:TieredPGO=false -p:DisableTransitiveFrameworkReferenceDownloads=true -p:PublishReadyToRun="$1" \
    -p:CustomAfterMicrosoftCommonTargets="$work/record.targets" \
    -p:BuildInputs="$work/inputs/" -p:BuildEntry="$root/$project" </dev/null >"$work/log" 2>&1
}

# Each project tells MSBuild's own view of what it is made of.
record_targets() {
  cat <<'TARGETS'
<Project>
  <Target Name="RecordBuildInputs" BeforeTargets="CoreCompile">
    <ItemGroup>
      <BuildInput Include="@(Compile->'%(FullPath)');@(EmbeddedResource->'%(FullPath)');@(AdditionalFiles->'%(FullPath)');@(Content->'%(FullPath)');@(None->'%(FullPath)')" />
    </ItemGroup>
    <WriteLinesToFile File="$(BuildInputs)$([MSBuild]::StableStringHash($(MSBuildProjectFullPath)))" Lines="folder:$(MSBuildProjectDirectory);@(BuildInput)" Overwrite="true" />
    <WriteLinesToFile File="$(BuildInputs)../entry" Lines="$(TargetFileName)" Overwrite="true" Condition="'$(MSBuildProjectFullPath)' == '$(BuildEntry)'" />
  </Target>
</Project>
TARGETS
}

# What a project file imports from this repository by a literal path, and what that imports.
imports() {
  local file path
  for file in "$@"; do
    [[ -f $file ]] || continue
    sed -n 's/.*<Import [^>]*Project="\([^"]*\)".*/\1/p' "$file" | while IFS= read -r path; do
      path=${path//\$(MSBuildThisFileDirectory)/}
      path=$(cd "${file%/*}" && cd "$(dirname "${path//\\//}")" 2>/dev/null && printf '%s/%s' "$PWD" "${path##*[\\/]}") || continue
      printf '%s\n' "$path"
      imports "$path"
    done
  done
}

# The folders of all projects, what these take from outside them, and the folders above, where settings may stand.
inputs() {
  local folders folder file
  folders=$(sed -n 's/^folder://p' "$work"/inputs/* | sort -u)
  {
    printf '%s\n' "$root/${0##*/}"
    while IFS= read -r folder; do
      printf '%s\n' "$folder"
      imports "$folder"/*.*proj "$folder"/Directory.*
      while folder=${folder%/*} && [[ $folder == "$root"* ]]; do
        printf 'above:%s\n' "$folder"
        imports "$folder"/Directory.*
      done
    done <<<"$folders"
    sed '/^folder:/d' "$work"/inputs/* | while IFS= read -r file; do
      case $file in "$cache"/* | */obj/*) ;; "$root"/*) printf '%s\n' "$file" ;; esac
    done | grep -vF "$(sed 's|$|/|' <<<"$folders")" || true
  } | sort -u
}

build() {
  local project attempt ahead
  project=$(printf '%s\n' build/*.csproj | head -n 1)
  [[ -f $project ]] || stop "There is no build project: build/Build.csproj is missing."
  mkdir -p "$cache"
  work=$cache/work.$$
  if command -v flock >/dev/null; then
    # The lock ends with the last process that builds, however it ends.
    exec 9>"$cache/lock" && flock 9
    work=$cache/work
    start
  fi

  echo "Building the build project (first run or changed)..." >&2
  sdk=$("$dotnet" --version 2>/dev/null) || stop "The .NET SDK that global.json asks for is missing: $get_it"
  [[ ${sdk%%.*} -ge 10 ]] || stop "The .NET SDK 10 is needed, and the newest here is $sdk: $get_it"
  # A program that is built for one job of a CI server starts too seldom to earn the time that compiling it ahead of time takes.
  ahead=${BUILD_AHEAD_OF_TIME:-$([[ -n ${CI:-} ]] && echo false || echo true)}
  # A builder that was killed leaves its mark, and nothing it had begun is trusted.
  [[ ! -e $work/unfinished ]] || rm -rf "$work"
  for attempt in 1 2 3; do
    rm -rf "$work/inputs" "$work/out"
    mkdir -p "$work/inputs"
    record_targets >"$work/record.targets"
    : >"$work/unfinished"
    if ! publish "$ahead" && ! { grep -qi crossgen "$work/log" && publish false; }; then
      rm -f "$work/unfinished"
      head -n 20 "$work/log" >&2
      stop "The build project does not build: see above."
    fi
    inputs >"$cache/inputs.$$"
    changed=$(grep -v '^above:' "$cache/inputs.$$" | while IFS= read -r file; do
      find -L "$file" \( -name bin -o -name obj -o -name node_modules -o -name .git \) -prune -o -newer "$work/unfinished" -print
    done | head -n 1)
    [[ -n $changed ]] || break
  done
  mv "$work/entry" "$work/out/entry"
  mv "$cache/inputs.$$" "$cache/inputs"
  built=$cache/$(fingerprint)
  [[ -e $built ]] || mv "$work/out" "$built"
  rm -f "$work/unfinished"
  [[ $work == "$cache/work" ]] || rm -rf "$work"
  tidy
}

# Keeps the five newest builds and all that still run.
tidy() {
  local old
  ls -1td "$cache"/*/entry | tail -n +6 | while IFS= read -r old; do
    if command -v flock >/dev/null; then flock --exclusive --nonblock "$old" rm -rf "${old%/*}" || true
    elif [[ -n $(find "$old" -mtime +7) ]]; then rm -rf "${old%/*}"; fi
  done
}

start
build
start
stop "The build project changed while it was being built: run this again."
