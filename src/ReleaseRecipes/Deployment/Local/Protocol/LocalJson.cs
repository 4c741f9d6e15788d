using System.Text.Json.Serialization;

namespace ReleaseRecipes.Deployment.Local.Protocol;

/// <summary>The commands and answers as JSON, by generated code: nothing is looked up while a release waits.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(InstallCommand))]
[JsonSerializable(typeof(ShiftCommand))]
[JsonSerializable(typeof(RetireCommand))]
[JsonSerializable(typeof(GatewayPlace))]
[JsonSerializable(typeof(GatewayStatus))]
[JsonSerializable(typeof(List<VersionMeasured>))]
[JsonSerializable(typeof(Refusal))]
[JsonSerializable(typeof(InstallNews))]
[JsonSerializable(typeof(ProcessIdentity))]
[JsonSerializable(typeof(SlotRecord))]
sealed partial class LocalJson : JsonSerializerContext;
