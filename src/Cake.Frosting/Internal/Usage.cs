namespace Cake.Frosting.Internal;

static class Usage
{
    public const string Text = """
        USAGE:
            build [OPTIONS] [--NAME=VALUE...]

        EXAMPLES:
            build --target=Default
            build --verbosity=quiet
            build --tree

        OPTIONS:
            -h, --help                 Prints help information.
            -t, --target <TARGET>      Target task to invoke; may be given more than once. Default: Default.
            -w, --working <PATH>       Sets the working directory.
            -v, --verbosity <LEVEL>    Specifies the amount of information to be displayed:
                                       Quiet, Minimal, Normal, Verbose or Diagnostic. Default: Normal.
            -e, --exclusive            Executes the target task without any dependencies.
                --dryrun               Performs a dry run.
                --tree                 Shows the task dependency tree.
                --description          Shows description for each task.
                --version              Displays version information.
                --info                 Displays additional information about Cake.

        Every other --NAME=VALUE is an argument of the tasks.
        """;
}
