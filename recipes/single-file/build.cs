#:package ReleaseRecipes@*
return ReleaseRecipes.ReleaseRecipe.Run(args);
