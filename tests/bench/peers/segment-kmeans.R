arguments <- commandArgs(TRUE)
customers <- read.csv(arguments[1], colClasses = c(customer = "character"))
set.seed(1)
numbers <- scale(as.matrix(customers[c("revenue", "recency", "orders")]))
customers$cluster <- kmeans(numbers, 5, nstart = 3, iter.max = 200)$cluster
write.csv(customers, arguments[2], row.names = FALSE, quote = FALSE)
