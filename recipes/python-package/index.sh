# A package index that is a folder: every version stays, and index/latest names the one that is offered.
set -eu
package=greetings-${RELEASE_VERSION:-}
case $1 in
  publish)
    tar -xzOf "$RELEASE_ARTIFACTS/dist/$package.tar.gz" "$package/PKG-INFO" | grep -qx "Version: $RELEASE_VERSION"
    mkdir -p index
    cp "$RELEASE_ARTIFACTS/dist/$package.tar.gz" index/
    echo "$RELEASE_VERSION" >index/latest
    ;;
  point) echo "$RELEASE_VERSION" >index/latest ;;
  latest) cat index/latest 2>/dev/null || true ;;
esac
