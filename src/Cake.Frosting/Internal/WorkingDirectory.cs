using Cake.Core.IO;

namespace Cake.Frosting.Internal;

sealed record WorkingDirectory(DirectoryPath Path);
