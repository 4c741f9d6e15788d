namespace Cake.Frosting.Internal;

sealed record FrostingConfigurationValue(string Key, string Value);
