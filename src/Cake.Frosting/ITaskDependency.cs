namespace Cake.Frosting;

interface ITaskDependency
{
    Type Task { get; }
}
